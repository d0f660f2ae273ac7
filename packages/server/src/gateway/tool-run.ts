import type { Clock } from "@tabard/core"
import type { GatewaySettings } from "./gateway-settings.ts"
import type { RpcId } from "./json-rpc.ts"
import type { Attempt, GatewayDecisions, Notices } from "./ports.ts"
import type { UpstreamPool } from "./upstream-pool.ts"
import type { WaitingRoom } from "./waiting-room.ts"

/** What carrying out a tool call needs. */
export interface ToolCallDeps {
  readonly decisions: GatewayDecisions
  readonly notices: Notices
  readonly pool: Pick<UpstreamPool, "call">
  readonly waiting: WaitingRoom
  readonly settings: GatewaySettings
  readonly clock: Clock
  /** Aborted when the gateway stops: whoever waits is answered then. */
  readonly stopping: AbortSignal
  /** Where faults of ours are told; agents hear only that there was one. */
  readonly report: (fault: unknown) => void
}

/** Tells a client how far its call has come; a client that did not ask is told nothing. */
export interface ProgressTeller {
  readonly wanted: boolean
  /** The last number told. Numbers only grow, whoever they come from. */
  readonly last: number
  tell(progress: { progress: number; total?: number | undefined; message?: string | undefined }): void
}

/** One tool call on its way: the attempt that is judged, and the client that waits for it. */
export interface ToolRun {
  readonly attempt: Omit<Attempt, "resolvedPaths">
  /** Whether it is known which arguments are paths, where that matters. A permit given in ignorance is not acted on. */
  readonly pathsKnown: boolean
  /** Looks where the paths of the call lead now: a link may have been laid while people were asked. */
  readonly resolve: () => Promise<Attempt["resolvedPaths"]>
  readonly progress: ProgressTeller
  /** Aborted when the client cancels or goes. */
  readonly signal: AbortSignal
}

/** A token that a client gave to be told of progress by. */
export type ProgressToken = RpcId
