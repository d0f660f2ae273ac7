import {
  type ActInput,
  type ActOutcomeView,
  type ActsPreviewView,
  type ActWish,
  type AttachedView,
  type Client,
  MOST_ACTED_ON,
} from "@tabard/api"
import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query"
import { useRef, useState } from "react"
import { refreshAround } from "./agent-acts.ts"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** So many at a time: progress shows every second or so, and stopping is soon. */
const PORTION = 25

/** Answers what an act would do; nothing is asked while it is not yet clear which. */
export function useActsPreview(
  act: ActWish | undefined,
  agents: readonly string[],
): UseQueryResult<ActsPreviewView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.actsPreview(act, agents),
    queryFn: ({ signal }) =>
      act ? previewOf(client, { act, agents }, signal) : Promise.reject(new Error("no act")),
    enabled: act !== undefined,
    gcTime: 0,
  })
}

/** How far an act on many agents has come. */
export interface ActsRun {
  /** Those that it was started for. */
  readonly agents: readonly string[]
  readonly outcomes: readonly ActOutcomeView[]
  readonly isRunning: boolean
  /** Why it did not go on, where the server could not be asked. */
  readonly error: Error | null
}

/** Does an act to many agents, a portion at a time; stopping lets the portion under way end. */
export function useActsRun(): {
  readonly run: ActsRun | undefined
  readonly start: (act: ActInput, agents: readonly string[]) => void
  readonly stop: () => void
} {
  const client = useClient()
  const cache = useQueryClient()
  const [run, setRun] = useState<ActsRun>()
  const stopped = useRef(false)
  const start = async (act: ActInput, agents: readonly string[]): Promise<void> => {
    stopped.current = false
    let now: ActsRun = { agents, outcomes: [], isRunning: true, error: null }
    setRun(now)
    for (let from = 0; from < agents.length && !stopped.current && !now.error; from += PORTION) {
      now = await withNext(client, now, { act, agents: agents.slice(from, from + PORTION) })
      setRun(now)
    }
    setRun({ ...now, isRunning: false })
    await refreshAround(cache)
  }
  return { run, start: (act, agents) => void start(act, agents), stop: () => void (stopped.current = true) }
}

async function withNext(
  client: Client,
  run: ActsRun,
  portion: { act: ActInput; agents: readonly string[] },
): Promise<ActsRun> {
  try {
    const { outcomes } = await client.actOnAgents(portion)
    return { ...run, outcomes: [...run.outcomes, ...outcomes] }
  } catch (error) {
    return { ...run, error: error instanceof Error ? error : new Error(String(error)) }
  }
}

async function previewOf(
  client: Client,
  { act, agents }: { act: ActWish; agents: readonly string[] },
  signal: AbortSignal,
): Promise<ActsPreviewView> {
  let whole: ActsPreviewView = { agents: 0, attached: NOTHING, skipped: [] }
  for (let from = 0; from < agents.length; from += MOST_ACTED_ON) {
    const part = await client.previewActs({ act, agents: agents.slice(from, from + MOST_ACTED_ON) }, signal)
    whole = {
      agents: whole.agents + part.agents,
      attached: together(whole.attached, part.attached),
      skipped: [...whole.skipped, ...part.skipped],
    }
  }
  return whole
}

const NOTHING: AttachedView = { tokens: 0, approvals: 0, tasks: 0, keys: 0, offers: 0, unsettled: 0 }

function together(one: AttachedView, other: AttachedView): AttachedView {
  return {
    tokens: one.tokens + other.tokens,
    approvals: one.approvals + other.approvals,
    tasks: one.tasks + other.tasks,
    keys: one.keys + other.keys,
    offers: one.offers + other.offers,
    unsettled: one.unsettled + other.unsettled,
  }
}
