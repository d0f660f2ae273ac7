import type { Upstream } from "@tabard/core"
import { shakeHands } from "./handshake.ts"
import { httpWire } from "./http-wire.ts"
import { type Sandbox, startSandboxed } from "./stdio-sandbox.ts"
import { stdioWire } from "./stdio-wire.ts"
import { UpstreamConnection } from "./upstream-connection.ts"
import type { UpstreamLimits } from "./upstream-limits.ts"
import type { OpenWire } from "./upstream-wire.ts"

/** What opening an upstream needs. */
export interface OpenUpstreamDeps {
  readonly sandbox: Sandbox
  readonly limits: UpstreamLimits
}

/** Answers a connection to an upstream that is ready for calls. @throws {UpstreamFault} */
export async function openUpstream(deps: OpenUpstreamDeps, upstream: Upstream): Promise<UpstreamConnection> {
  const connection = await UpstreamConnection.open(wireTo(deps, upstream), deps.limits)
  try {
    await shakeHands(connection, deps.limits.startMs)
    return connection
  } catch (error) {
    await connection.close()
    throw error
  }
}

function wireTo({ sandbox, limits }: OpenUpstreamDeps, { launch }: Upstream): OpenWire {
  switch (launch.transport) {
    case "stdio":
      return stdioWire(() => startSandboxed(launch, sandbox), limits.messageBytes)
    case "http":
      return httpWire(launch.url, limits.messageBytes)
  }
}
