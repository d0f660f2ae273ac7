import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { freePort } from "./free-port.ts"
import { requireTool } from "./outside-tool.ts"
import { collect, listens } from "./rsyslog-server.ts"

/** The OpenTelemetry Collector on loopback, which prints the log records that it takes by OTLP and in Splunk's way. */
export interface OtelCollector extends AsyncDisposable {
  readonly url: string
  /** The root of its HTTP Event Collector, which acknowledges. */
  readonly splunkUrl: string
  /** Answers what it printed of each record, once there are so many. */
  taken(count: number): Promise<readonly string[]>
}

/** Starts one; a suite that does so is skipped where `lacksTools("otelcol")`. */
export async function startCollector(): Promise<OtelCollector> {
  const folder = await mkdtemp(join(tmpdir(), "tabard-otelcol-"))
  const [port, splunkPort] = [await freePort(), await freePort()]
  await writeFile(join(folder, "settings.yaml"), JSON.stringify(settings(port, splunkPort)))
  const server = spawn(requireTool("otelcol"), [`--config=file:${join(folder, "settings.yaml")}`], {
    stdio: ["ignore", "pipe", "pipe"],
  })
  const said = collect(server)
  const ended = once(server, "exit")
  for (const each of [port, splunkPort])
    await listens(each, () => server.exitCode === null).catch((error: unknown) => {
      throw new Error(`the collector did not start: ${said()}`, { cause: error })
    })
  return {
    url: `http://127.0.0.1:${port}/v1/logs`,
    splunkUrl: `http://127.0.0.1:${splunkPort}`,
    async taken(count) {
      for (let tries = 0; tries < 1_200; tries++) {
        const [, ...records] = said().split(/^LogRecord #\d+$/m)
        if (records.length >= count) return records
        await pause(100)
      }
      throw new Error(`the collector has not taken ${count} records: ${said()}`)
    },
    async [Symbol.asyncDispose]() {
      server.kill("SIGKILL")
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** JSON is YAML too. */
function settings(port: number, splunkPort: number): object {
  return {
    extensions: { ack: {} },
    receivers: {
      otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } },
      splunk_hec: { endpoint: `127.0.0.1:${splunkPort}`, ack: { extension: "ack" } },
    },
    exporters: { debug: { verbosity: "detailed", sampling_initial: 100_000, use_internal_logger: false } },
    service: {
      telemetry: { metrics: { level: "none" } },
      extensions: ["ack"],
      pipelines: { logs: { receivers: ["otlp", "splunk_hec"], exporters: ["debug"] } },
    },
  }
}
