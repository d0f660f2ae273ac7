import { isJsonObject, type JsonObject } from "@tabard/core"
import { type RpcNotification, RpcRefusal, type RpcRequest } from "./json-rpc.ts"
import { LEGACY_REVISION, LEGACY_REVISIONS, META, MODERN_REVISION, REVISIONS, RPC_ERROR } from "./protocol.ts"

/** Answers the members of `_meta`, or none. */
export function metaOf(params: JsonObject): JsonObject {
  const meta = params["_meta"]
  return isJsonObject(meta) ? meta : {}
}

/**
 * Answers the revision that a message is of: what its envelope claims, and its headers repeat. A header that says something
 * else than the body is refused, since whoever stands between us and the client may have decided by the header.
 *
 * @throws {RpcRefusal}
 */
export function agreeRevision(message: RpcRequest | RpcNotification, headers: Headers): string {
  const header = headers.get("mcp-protocol-version")
  const claimed = metaOf(message.params)[META.revision]
  if (message.kind === "request" && message.method === "initialize") return LEGACY_REVISION
  if (claimed === undefined) return legacyRevision(message, header)
  if (typeof claimed !== "string")
    throw new RpcRefusal(RPC_ERROR.invalidParams, `${META.revision} must be a string`)
  if (header !== null && header !== claimed) throw mismatch("MCP-Protocol-Version")
  if (claimed !== MODERN_REVISION) throw unsupported(claimed)
  if (message.kind === "request") checkModern(message, headers)
  return MODERN_REVISION
}

/** Before 2026 the revision stands in a header alone, and early clients leave that out. */
function legacyRevision(message: RpcRequest | RpcNotification, header: string | null): string {
  if (header === MODERN_REVISION && message.kind === "request") {
    throw new RpcRefusal(RPC_ERROR.invalidParams, `params._meta must hold ${META.revision}`)
  }
  if (header !== null && !REVISIONS.includes(header)) throw unsupported(header)
  return header !== null && LEGACY_REVISIONS.includes(header) ? header : LEGACY_REVISION
}

function checkModern(request: RpcRequest, headers: Headers): void {
  if (headers.get("mcp-protocol-version") === null) throw mismatch("MCP-Protocol-Version")
  if (headers.get("mcp-method") !== request.method) throw mismatch("Mcp-Method")
  if (!isJsonObject(metaOf(request.params)[META.clientCapabilities])) {
    throw new RpcRefusal(RPC_ERROR.invalidParams, `params._meta must hold ${META.clientCapabilities}`)
  }
  if (request.method !== "tools/call") return
  const name = headers.get("mcp-name")
  if (name === null || headerText(name) !== request.params["name"]) throw mismatch("Mcp-Name")
}

/** Reads a header value that may be wrapped as base64, where the name is not plain ASCII. */
function headerText(value: string): string {
  const wrapped = /^=\?base64\?([A-Za-z0-9+/=]*)\?=$/.exec(value)?.[1]
  return wrapped === undefined ? value : Buffer.from(wrapped, "base64").toString("utf8")
}

function mismatch(header: string): RpcRefusal {
  return new RpcRefusal(RPC_ERROR.headerMismatch, `the header ${header} must say what the body says`)
}

function unsupported(requested: string): RpcRefusal {
  return new RpcRefusal(RPC_ERROR.unsupportedRevision, "this revision of MCP is not spoken here", {
    data: { supported: REVISIONS, requested: requested.slice(0, 64) },
  })
}
