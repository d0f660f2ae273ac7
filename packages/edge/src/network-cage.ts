import { fileURLToPath } from "node:url"

/** What runs in a cage, and the door that is let in. */
export interface Caged {
  readonly command: readonly string[]
  readonly socket: string
  readonly port: number
  readonly credentialsFile: string
}

/** Signals of the terminal reach the whole group; what is inside ends by itself, and the cage after it. */
const DEAF = `trap "" HUP INT QUIT TERM; exec "$@"`

/**
 * Answers the command that runs another in a network of its own, in which nothing is but loopback with one port: that of
 * the door. No other process of the machine can reach it, and the file of the credentials is empty inside.
 */
export function networkCage({ command, socket, port, credentialsFile }: Caged): readonly string[] {
  const deaf = ["sh", "-c", DEAF, "sh"]
  const cage = ["bwrap", "--die-with-parent", "--unshare-net", "--dev-bind", "/", "/"]
  const bare = ["--ro-bind", "/dev/null", credentialsFile]
  const inside = [process.execPath, fileURLToPath(bridge()), socket, String(port)]
  return [...deaf, ...cage, ...bare, "--", ...inside, ...command]
}

/** The clone runs as it is; what is published is plain JavaScript. */
function bridge(): URL {
  return new URL(import.meta.url.endsWith(".ts") ? "./cage-bridge.ts" : "./cage-bridge.js", import.meta.url)
}
