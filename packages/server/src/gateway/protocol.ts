/** The stateless revision: no handshake, the envelope in every request. https://modelcontextprotocol.io/specification/2026-07-28 */
export const MODERN_REVISION = "2026-07-28"

/** Revisions with a handshake. As far as tools go they say the same. */
export const LEGACY_REVISIONS: readonly string[] = ["2025-11-25", "2025-06-18"]

/** The revision that is spoken where the other side has not named one that we speak. */
export const LEGACY_REVISION = "2025-11-25"

/** Every revision spoken here, best first. */
export const REVISIONS: readonly string[] = [MODERN_REVISION, ...LEGACY_REVISIONS]

/** Members of `_meta` that belong to the protocol. */
export const META = {
  revision: "io.modelcontextprotocol/protocolVersion",
  clientInfo: "io.modelcontextprotocol/clientInfo",
  clientCapabilities: "io.modelcontextprotocol/clientCapabilities",
  serverInfo: "io.modelcontextprotocol/serverInfo",
  progressToken: "progressToken",
  /** Ours: the handle of the approval that a call comes back with. */
  approval: "tabard/approval",
} as const

/** Error codes of JSON-RPC and of the revisions of MCP. */
export const RPC_ERROR = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
  headerMismatch: -32020,
  unsupportedRevision: -32022,
  /** What the AuthZEN profile for MCP says for a denial; the one adapter constant for it. */
  denied: -32001,
} as const

/** Methods of MCP that nothing here maps to a question: known, and denied. */
export const UNMAPPED_METHODS: ReadonlySet<string> = new Set([
  "completion/complete",
  "logging/setLevel",
  "prompts/get",
  "prompts/list",
  "resources/list",
  "resources/read",
  "resources/subscribe",
  "resources/templates/list",
  "resources/unsubscribe",
  "subscriptions/listen",
  "tasks/cancel",
  "tasks/get",
  "tasks/list",
  "tasks/result",
  "tasks/update",
])
