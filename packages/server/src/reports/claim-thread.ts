/** The thread that reads one report that a stranger may have made: it may be killed, and nothing else with it. */
import { parentPort, workerData } from "node:worker_threads"
import { Problem } from "@tabard/core"
import { z } from "zod"
import type { ClaimAnswer, ClaimQuestion } from "./claim-protocol.ts"
import { claimReport } from "./claim-report.ts"
import { PushedReport } from "./report-schema.ts"

/** The most words of a refusal: a report may be wrong in ten thousand places. */
const MAX_WORDS = 2000

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- claimInThread alone starts this file, and types what it gives
const question = workerData as ClaimQuestion
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage(answer(question))

function answer({ body, name, now }: ClaimQuestion): ClaimAnswer {
  const report = PushedReport.safeParse(parsed(body))
  if (!report.success) return { kind: "refused", why: z.prettifyError(report.error).slice(0, MAX_WORDS) }
  try {
    return { kind: "claimed", claimed: claimReport(report.data, name, now) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { kind: "refused", why: error.message }
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
