import { SINK_SECRETS, type SinkReceiver, type SinkView } from "@tabard/api"
import {
  changeSink,
  findSink,
  makeSink,
  removeSink,
  replaySink,
  retryDeadLetters,
  type ShownSink,
  type Sink,
  setSinkState,
} from "@tabard/control"
import { type Id, isId, type JsonObject, Problem, type SinkKind } from "@tabard/core"
import { z } from "zod"
import { requireTarget } from "../../notifications/guard-address.ts"
import { testSink } from "../../sinks/test-sink.ts"
import type { Handlers, SignedIn } from "../handler.ts"
import { byId, pageOf } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { ADDRESSES, deadLetterViews, sinkViews, withoutAddresses } from "../views/sink-views.ts"

type Names =
  | "listSinks"
  | "getSink"
  | "makeSink"
  | "changeSink"
  | "removeSink"
  | "pauseSink"
  | "resumeSink"
  | "testSink"
  | "replaySink"
  | "listDeadLetters"
  | "retryDeadLetters"

const SINKS = byId("sinks", "sink")
const LETTERS = byId("dead-letters", "deadLetter")

/** Where the record is exported to, and what administrators do about it. */
export function sinkHandlers(services: ApiServices): Pick<Handlers, Names> {
  return { ...reading(services), ...keeping(services), ...tending(services) }
}

function reading(services: ApiServices): Pick<Handlers, "listSinks" | "getSink" | "listDeadLetters"> {
  const { shelf, clock } = services
  return {
    listSinks: (who, asked) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(SINKS, asked, async ({ after, limit }) => {
          const all = (await tx.sinks.list()).toSorted((a, b) => (a.id < b.id ? -1 : 1))
          return all.filter(({ id }) => after === undefined || id > after).slice(0, limit)
        })
        const views = await sinkViews(tx, items, clock.now())
        return { items: maySeeAddresses(who) ? views : views.map(withoutAddresses), next }
      }),
    getSink: async (who, { id }) => {
      const view = await viewOf(services, id)
      return maySeeAddresses(who) ? view : withoutAddresses(view)
    },
    listDeadLetters: (_, { id, ...asked }) =>
      shelf.snapshot(async (tx) => {
        const sink = await findSink(tx, id)
        const { items, next } = await pageOf(LETTERS, asked, (from) =>
          tx.deadLetters.list({ sink: sink.id, ...from }),
        )
        return { items: await deadLetterViews(tx, items), next }
      }),
  }
}

function keeping(
  services: ApiServices,
): Pick<Handlers, "makeSink" | "changeSink" | "removeSink" | "pauseSink" | "resumeSink"> {
  const deps = depsOf(services)
  const shown = async (sink: Sink): Promise<SinkView> => viewOf(services, sink.id)
  return {
    makeSink: async ({ user }, { receiver, ...wish }) => {
      const { kind } = receiver
      const settings = settingsOf(services, receiver)
      const secrets = requireSecrets(kind, receiver.secrets ?? {})
      return shownOnce(services, await makeSink(deps, user, { ...wish, kind, settings, secrets }))
    },
    changeSink: async ({ user }, { id, receiver, ...wish }) => {
      const { kind } = receiver
      const settings = settingsOf(services, receiver)
      const secrets = receiver.secrets ? requireSecrets(kind, receiver.secrets) : null
      return shownOnce(services, await changeSink(deps, user, id, { ...wish, kind, settings, secrets }))
    },
    removeSink: async ({ user }, { id }) => {
      await removeSink(deps, user, id)
      return {}
    },
    pauseSink: async ({ user }, { id }) => shown(await setSinkState(deps, user, id, "paused")),
    resumeSink: async ({ user }, { id }) => shown(await setSinkState(deps, user, id, "running")),
  }
}

function tending(services: ApiServices): Pick<Handlers, "testSink" | "replaySink" | "retryDeadLetters"> {
  const deps = depsOf(services)
  return {
    testSink: ({ user }, { id }) => testSink(services, user, id),
    replaySink: async ({ user }, { id, place }) => ({ again: await replaySink(deps, user, id, place) }),
    retryDeadLetters: async ({ user }, { id, letters }) => ({
      letters: await retryDeadLetters(deps, user, id, letters?.map(letterId) ?? "all"),
    }),
  }
}

function depsOf(services: ApiServices): Parameters<typeof makeSink>[0] {
  const { shelf, exporting } = services
  return { ...recordContext(services), transact: shelf.transact, box: exporting.box }
}

function letterId(text: string): Id<"deadLetter"> {
  if (isId("deadLetter", text)) return text
  throw new Problem("body_invalid", "letters must name dead letters, as the list answered them")
}

/** Whoever could change them, in person: a token is lent to programs that have no use for them. */
function maySeeAddresses({ user, session }: SignedIn): boolean {
  return user.role === "administrator" && session !== undefined
}

/** What was parsed holds undefined where something was left out, which is no JSON. */
function settingsOf({ ways }: ApiServices, { settings }: SinkReceiver): JsonObject {
  const said: [string, string | number | boolean][] = Object.entries(settings).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  // They lead where the operator lets channels lead.
  for (const [name, value] of said)
    if (ADDRESSES.includes(name) && typeof value === "string") requireTarget(ways.rules, value)
  return Object.fromEntries(said)
}

/** Held to the schema once more where there are none: a kind that needs one says so. */
function requireSecrets(kind: SinkKind, secrets: object): JsonObject {
  const parsed = SINK_SECRETS[kind].safeParse(secrets)
  if (!parsed.success) throw new Problem("body_invalid", z.prettifyError(parsed.error))
  return JSON.parse(JSON.stringify(parsed.data))
}

async function viewOf({ shelf, clock }: ApiServices, id: string): Promise<SinkView> {
  const [view] = await shelf.snapshot(async (tx) => sinkViews(tx, [await findSink(tx, id)], clock.now()))
  if (!view) throw new Problem("sink_not_found", "the sink was removed meanwhile")
  return view
}

async function shownOnce(
  services: ApiServices,
  { sink, secret }: ShownSink,
): Promise<SinkView & { secret: string | null }> {
  return { ...(await viewOf(services, sink.id)), secret }
}
