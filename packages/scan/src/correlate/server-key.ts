import type { ServerSighting } from "../configurations/observation.ts"
import { stableKey } from "./stable-key.ts"

/** Answers the key of a server; one that runs what lies in a folder is another in another `place`. */
export function serverKey(server: ServerSighting, place: string): string {
  const { name, transport, command, args, url } = server
  return stableKey("mcp-server", [name, transport, command, args, url, server.isLocalCode ? place : null])
}
