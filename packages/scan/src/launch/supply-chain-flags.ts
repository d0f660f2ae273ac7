import type { Launch } from "./unwrap-launch.ts"

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|host\.docker\.internal)$/i
const FLOATING = new Set(["latest", "next", "beta", "canary", "main", "master"])
const COMMIT = /@[0-9a-f]{7,64}$/i

/** Answers what makes a launch weak: code that may change under the same name, or an address anybody can listen to. */
export function supplyChainFlags(launch: Launch | null, url: string | null): readonly string[] {
  return [...(launch ? launchFlags(launch) : []), ...(url ? urlFlags(url) : [])]
}

function launchFlags(launch: Launch): readonly string[] {
  switch (launch.kind) {
    case "package":
    case "image":
      return isPinned(launch.version) ? [] : ["unpinned"]
    case "source":
      return COMMIT.test(launch.url) ? ["remote-source"] : ["remote-source", "unpinned"]
    case "gateway":
      return ["bridge"]
    case "local":
      return []
  }
}

/** A range or a moving tag is no version; a variable is whatever the environment says. */
function isPinned(version: string | null): boolean {
  return (
    version !== null &&
    !FLOATING.has(version) &&
    /^(?:v?\d|sha256:)/.test(version) &&
    !/[*xX^~<>]/.test(version.slice(0, 24))
  )
}

function urlFlags(url: string): readonly string[] {
  const host = /^(?:http|ws):\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/i.exec(url)?.[1]
  return host && !host.includes("$") && !LOOPBACK.test(host) ? ["plain-http"] : []
}
