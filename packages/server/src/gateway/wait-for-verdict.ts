import { setTimeout as pause } from "node:timers/promises"
import { decideAttempt } from "./decide-attempt.ts"
import type { Enforcement } from "./ports.ts"
import { reasonOf } from "./refusal-result.ts"
import type { ToolCallDeps, ToolRun } from "./tool-run.ts"

type Ask = Extract<Enforcement, { effect: "ask" }>

/** How long to wait where notices fail, before looking again. */
const WITHOUT_NOTICES_MS = 1_000

/**
 * Holds a call while people are asked, and decides it again at each change: the verdict is a fact for that decision, and
 * so is whatever else happened meanwhile. Answers the last decision; it is still `ask` where patience ended.
 */
export async function waitForVerdict(deps: ToolCallDeps, run: ToolRun, asked: Ask): Promise<Enforcement> {
  using held = new DisposableStack()
  if (!held.use(deps.waiting.enter(run.attempt.caller.agent))) return asked
  held.use(keepTelling(deps, run, asked))
  const until = AbortSignal.any([AbortSignal.timeout(patience(deps, run)), run.signal, deps.stopping])

  let latest: Enforcement = asked
  while (latest.effect === "ask" && !until.aborted) {
    await nextChange(deps, latest, until)
    // A client that has gone must not spend what it will not use: the approval stays for when it comes back.
    if (run.signal.aborted) return latest
    latest = await decideAttempt(deps, run)
  }
  return latest
}

function patience({ settings }: ToolCallDeps, { progress }: ToolRun): number {
  return progress.wanted ? settings.patienceWithProgressMs : settings.patienceMs
}

async function nextChange({ notices, report }: ToolCallDeps, ask: Ask, until: AbortSignal): Promise<void> {
  try {
    await notices.changed({ approval: ask.approval.id, agent: ask.approval.question.agent }, until)
  } catch (error) {
    if (until.aborted) return
    report(error)
    await pause(WITHOUT_NOTICES_MS, undefined, { signal: until }).catch(() => undefined)
  }
}

function keepTelling({ settings }: ToolCallDeps, { progress }: ToolRun, { approval, say }: Ask): Disposable {
  const message = `Waiting for approval: ${reasonOf(say, approval.routes)}`
  const tell = (): void => progress.tell({ progress: progress.last + 1, message })
  tell()
  const timer = setInterval(tell, settings.progressEveryMs)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
