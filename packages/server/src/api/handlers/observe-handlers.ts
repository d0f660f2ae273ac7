import type { EnforcingPreviewView, ObserveOperations, ObservingView } from "@tabard/api"
import {
  agentObserving,
  type EnforcingPreview,
  enforceAgent,
  type ObservePeriod,
  observeAgent,
  previewEnforcing,
  type RehearsalStanding,
  recordRehearsal,
  type StoppedCalls,
  suggestFromObserved,
} from "@tabard/control"
import { writeLossless } from "@tabard/core"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { type Names, namesOf } from "../views/names.ts"

/** Observe mode: beginning it, ending it, and what came of it. */
export function observeHandlers(services: ApiServices): Pick<Handlers, keyof ObserveOperations> {
  const deps = { ...recordContext(services), ...services.shelf }
  return {
    getAgentObserving: (_, { id }) => observingView(services, id),
    observeAgent: async ({ user }, { id, reason, days }) => {
      await observeAgent(deps, user, { agent: id, reason, days })
      return observingView(services, id)
    },
    enforceAgent: async ({ user }, { id, reason }) => {
      await enforceAgent(deps, user, { agent: id, reason })
      return observingView(services, id)
    },
    previewEnforcing: async ({ user }, { id, manifest }) =>
      previewView(await previewEnforcing(deps, user, { agent: id, manifest })),
    recordRehearsal: async ({ user }, { id }) => {
      const { recordedBy: _, recordedAt, ...rehearsal } = await recordRehearsal(deps, user, { agent: id })
      return { ...rehearsal, recordedAt: recordedAt.toISOString() }
    },
    suggestManifest: async ({ user }, { id }) => {
      const { preview, unused, ...suggestion } = await suggestFromObserved(deps, user, { agent: id })
      return {
        ...suggestion,
        preview: previewView(preview),
        unused: unused.map((one) => ({ ...one, lastUsed: one.lastUsed?.toISOString() ?? null })),
      }
    },
  }
}

function previewView({ stopped, ...counts }: EnforcingPreview): EnforcingPreviewView {
  return { ...counts, stopped: stopped.map(stoppedView) }
}

function stoppedView({ latest, examples, ...one }: StoppedCalls): EnforcingPreviewView["stopped"][number] {
  return {
    ...one,
    latest: latest.toISOString(),
    examples: examples.map(({ decision, at, arguments: args }) => ({
      decision,
      at: at.toISOString(),
      arguments: args && writeLossless(args),
    })),
  }
}

async function observingView({ shelf, clock }: ApiServices, agent: string): Promise<ObservingView> {
  const { period, isObserving, rehearsal } = await agentObserving({ ...shelf, clock }, agent)
  const people = [period?.startedBy, rehearsal?.rehearsal.recordedBy].filter((one) => one !== undefined)
  const names = await shelf.snapshot((tx) => namesOf(tx, { people }))
  return {
    agent,
    observing: isObserving,
    latest: period ? periodView(period, names) : null,
    rehearsal: rehearsal ? rehearsalView(rehearsal, names) : null,
  }
}

function periodView(
  { startedAt, startedBy, reason, environment, endsAt, endedAt, calls }: ObservePeriod,
  names: Names,
): NonNullable<ObservingView["latest"]> {
  return {
    startedAt: startedAt.toISOString(),
    startedBy: names.person(startedBy),
    reason,
    environment,
    endsAt: endsAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    calls,
  }
}

function rehearsalView(
  { rehearsal: { recordedAt, recordedBy, calls }, endedBy, tools }: RehearsalStanding,
  names: Names,
): NonNullable<ObservingView["rehearsal"]> {
  return {
    recordedAt: recordedAt.toISOString(),
    recordedBy: names.person(recordedBy),
    calls,
    endedBy,
    tools: tools.map(({ isSame: same, ...one }) => ({ ...one, same })),
  }
}
