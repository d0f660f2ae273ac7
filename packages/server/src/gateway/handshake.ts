import { type JsonObject } from "@tabard/core"
import { LEGACY_REVISION, LEGACY_REVISIONS, MODERN_REVISION } from "./protocol.ts"
import { CLIENT_INFO, type UpstreamConnection, type UpstreamRequest } from "./upstream-connection.ts"
import { UpstreamFault } from "./upstream-fault.ts"
import type { UpstreamReply } from "./upstream-message.ts"

/**
 * Agrees with an upstream on a revision: the handshake of 2025 first, since most servers know nothing else, then the
 * stateless revision. No capability is offered, so that a server has nothing to ask us for.
 *
 * @throws {UpstreamFault}
 */
export async function shakeHands(connection: UpstreamConnection, startMs: number): Promise<void> {
  const patience = { signal: AbortSignal.timeout(startMs), idleMs: startMs }
  const params: JsonObject = { protocolVersion: LEGACY_REVISION, capabilities: {}, clientInfo: CLIENT_INFO }
  const reply = await initialize(connection, params, patience)
  const revision = reply?.kind === "result" ? reply.result["protocolVersion"] : undefined
  if (revision === undefined) return speakModern(connection, patience)
  if (typeof revision !== "string" || !LEGACY_REVISIONS.includes(revision)) {
    throw new UpstreamFault("it speaks no revision of MCP that is spoken here", false)
  }
  connection.speak(revision)
  connection.notify("notifications/initialized")
}

type Patience = Pick<UpstreamRequest, "signal"> & { readonly idleMs: number }

async function initialize(
  connection: UpstreamConnection,
  params: JsonObject,
  patience: Patience,
): Promise<UpstreamReply | undefined> {
  try {
    return await connection.request({ method: "initialize", params, ...patience })
  } catch (error) {
    // A stateless server may refuse a handshake in a reply that names no request.
    if (connection.closed || patience.signal.aborted) throw error
    return undefined
  }
}

async function speakModern(connection: UpstreamConnection, patience: Patience): Promise<void> {
  connection.speak(MODERN_REVISION)
  const reply = await connection.request({ method: "server/discover", params: {}, ...patience })
  const supported = reply.kind === "result" ? reply.result["supportedVersions"] : undefined
  if (!Array.isArray(supported) || !supported.includes(MODERN_REVISION)) {
    throw new UpstreamFault("it speaks no revision of MCP that is spoken here", false)
  }
}
