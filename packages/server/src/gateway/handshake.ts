import { type JsonObject } from "@tabard/core"
import { LEGACY_REVISION, LEGACY_REVISIONS, MODERN_REVISION } from "./protocol.ts"
import { CLIENT_INFO, type UpstreamConnection } from "./upstream-connection.ts"
import { UpstreamFault } from "./upstream-fault.ts"
import type { UpstreamReply } from "./upstream-message.ts"

/**
 * Agrees with an upstream on a revision: the handshake of 2025 first, since most servers know nothing else, then the
 * stateless revision. No capability is offered, so that a server has nothing to ask us for.
 *
 * @throws {UpstreamFault}
 */
export async function shakeHands(connection: UpstreamConnection, signal: AbortSignal): Promise<void> {
  const params: JsonObject = { protocolVersion: LEGACY_REVISION, capabilities: {}, clientInfo: CLIENT_INFO }
  const reply = await initialize(connection, params, signal)
  const revision = reply?.kind === "result" ? reply.result["protocolVersion"] : undefined
  if (revision === undefined) return speakModern(connection, signal)
  if (typeof revision !== "string" || !LEGACY_REVISIONS.includes(revision)) {
    throw new UpstreamFault("it speaks no revision of MCP that is spoken here", false)
  }
  connection.speak(revision)
  connection.notify("notifications/initialized")
}

async function initialize(
  connection: UpstreamConnection,
  params: JsonObject,
  signal: AbortSignal,
): Promise<UpstreamReply | undefined> {
  try {
    return await connection.request({ method: "initialize", params, signal })
  } catch (error) {
    // A stateless server may refuse a handshake in a reply that names no request.
    if (connection.closed || signal.aborted) throw error
    return undefined
  }
}

async function speakModern(connection: UpstreamConnection, signal: AbortSignal): Promise<void> {
  connection.speak(MODERN_REVISION)
  const reply = await connection.request({ method: "server/discover", params: {}, signal })
  const supported = reply.kind === "result" ? reply.result["supportedVersions"] : undefined
  if (!Array.isArray(supported) || !supported.includes(MODERN_REVISION)) {
    throw new UpstreamFault("it speaks no revision of MCP that is spoken here", false)
  }
}
