// A route that echoes, in a process of its own.
import { openBareEcho } from "../../packages/server/src/authzen/testing/bare-echo.ts"
import { serveUntilLetGo } from "./child.ts"

/** What the parent is told. */
export interface EchoReady {
  readonly url: string
}

await using echo = await openBareEcho("/access/v1/evaluation")
await serveUntilLetGo({ url: echo.url } satisfies EchoReady)
