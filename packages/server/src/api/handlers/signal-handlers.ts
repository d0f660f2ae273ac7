import type { SignalSourceView, SignalStreamInput, SignalStreamView } from "@tabard/api"
import {
  askVerification,
  findSource,
  findStream,
  isSteward,
  makeSource,
  makeStream,
  noSource,
  removeSource,
  removeStream,
  reviseStream,
  SIGNAL_URIS,
  type SourceDeps,
  type StreamCaller,
  type StreamDeps,
  setSourceState,
  setStreamStatus,
} from "@tabard/control"
import { type Id, isId, Problem } from "@tabard/core"
import { requireTarget } from "../../notifications/guard-address.ts"
import type { Handlers, SignedIn } from "../handler.ts"
import { byId, pageOf } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { sourceViews, streamViews, withHostAlone } from "../views/signal-views.ts"

type StreamNames =
  | "listSignalStreams"
  | "getSignalStream"
  | "makeSignalStream"
  | "setSignalStreamStatus"
  | "setSignalStreamReceiver"
  | "verifySignalStream"
  | "removeSignalStream"

type SourceNames =
  | "listSignalSources"
  | "getSignalSource"
  | "makeSignalSource"
  | "setSignalSourceState"
  | "removeSignalSource"

const STREAMS = byId("signal-streams", "signalStream")
const SOURCES = byId("signal-sources", "signalSource")

/** Who is told signals, and whose signals are acted upon. */
export function signalHandlers(services: ApiServices): Pick<Handlers, StreamNames | SourceNames> {
  return { ...streamHandlers(services), ...sourceHandlers(services) }
}

function streamHandlers(services: ApiServices): Pick<Handlers, StreamNames> {
  const { shelf, publicUrl, signals } = services
  const deps: StreamDeps = {
    ...recordContext(services),
    transact: shelf.transact,
    box: signals.box,
    issuer: publicUrl,
  }
  const view = (id: string): Promise<SignalStreamView> => streamViewOf(services, id)
  return {
    listSignalStreams: (who, asked) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(STREAMS, asked, async (page) =>
          pageIn(await tx.signalStreams.list(), page),
        )
        return { items: seen(who, await streamViews(tx, publicUrl, items)), next }
      }),
    getSignalStream: async (who, { id }) => one(seen(who, [await view(id)])),
    makeSignalStream: async (who, { delivery, types, receiver, audience, ...wish }) => {
      const stream = await makeStream(deps, callerOf(who), {
        ...wish,
        ...deliveryOf(services, delivery),
        requested: types.map((type) => SIGNAL_URIS[type]),
        audience: audience ?? null,
        receiver: receiver === undefined ? null : tokenId(receiver),
        everybody: true,
      })
      return view(stream.id)
    },
    setSignalStreamStatus: async (who, { id, status }) => {
      await setStreamStatus(deps, callerOf(who), id, { status, reason: null })
      return view(id)
    },
    setSignalStreamReceiver: async (who, { id, receiver }) => {
      await reviseStream(deps, callerOf(who), id, { receiver: receiver === null ? null : tokenId(receiver) })
      return view(id)
    },
    verifySignalStream: async (who, { id }) => {
      await askVerification(deps, callerOf(who), id, undefined)
      return {}
    },
    removeSignalStream: async (who, { id }) => {
      await removeStream(deps, callerOf(who), id)
      return {}
    },
  }
}

function sourceHandlers(services: ApiServices): Pick<Handlers, SourceNames> {
  const { shelf, publicUrl, signals } = services
  const deps: SourceDeps = { ...recordContext(services), transact: shelf.transact, box: signals.box }
  const view = (id: string): Promise<SignalSourceView> => sourceViewOf(services, id)
  return {
    listSignalSources: (who, asked) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(SOURCES, asked, async (page) =>
          pageIn(await tx.signalSources.list(), page),
        )
        return { items: seen(who, await sourceViews(tx, publicUrl, items)), next }
      }),
    getSignalSource: async (who, { id }) => one(seen(who, [await view(id)])),
    makeSignalSource: async ({ user }, { delivery, ...wish }) => {
      requireTarget(signals.rules, wish.jwksUri)
      const asked = delivery.method === "poll" && deliveredBy(services, delivery)
      const { source, token } = await makeSource(deps, user, {
        ...wish,
        delivery: asked || { method: "push" },
      })
      return { ...(await view(source.id)), token }
    },
    setSignalSourceState: async ({ user }, { id, state }) => {
      await setSourceState(deps, user, id, state)
      return view(id)
    },
    removeSignalSource: async ({ user }, { id }) => {
      await removeSource(deps, user, id)
      return {}
    },
  }
}

/** An address may hold what lets others write there: it is told to whoever could change it, in person. */
function seen<View extends { readonly url: string }>(
  { user, session }: SignedIn,
  views: readonly View[],
): readonly View[] {
  return isSteward(user) && session !== undefined ? views : views.map(withHostAlone)
}

function one<View>([view]: readonly View[]): View {
  if (view === undefined) throw new Problem("signal_conflict", "it was changed meanwhile: look again")
  return view
}

/** A person in the console sees every stream, whoever its receiver is. */
function callerOf({ user }: SignedIn): StreamCaller {
  return { by: user, receiver: null }
}

function deliveryOf(
  { signals }: ApiServices,
  delivery: SignalStreamInput["delivery"],
): Pick<Parameters<typeof makeStream>[2], "delivery" | "header"> {
  if (delivery.method === "poll") return { delivery, header: null }
  const { href: url } = requireTarget(signals.rules, delivery.url)
  return { delivery: { method: "push", url }, header: delivery.authorization ?? null }
}

function deliveredBy(
  { signals }: ApiServices,
  { url, authorization }: { readonly url: string; readonly authorization?: string | undefined },
): { readonly method: "poll"; readonly url: string; readonly header: string | null } {
  return { method: "poll", url: requireTarget(signals.rules, url).href, header: authorization ?? null }
}

function tokenId(text: string): Id<"apiToken"> {
  if (isId("apiToken", text)) return text
  throw new Problem("api_token_not_found", "there is no such API token: name one as the list answered it")
}

function pageIn<One extends { readonly id: string }>(
  all: readonly One[],
  { after, limit }: { readonly after?: string; readonly limit: number },
): readonly One[] {
  const ordered = all.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return ordered.filter(({ id }) => after === undefined || id > after).slice(0, limit)
}

async function streamViewOf({ shelf, publicUrl }: ApiServices, id: string): Promise<SignalStreamView> {
  const every = { receiver: null }
  const [view] = await shelf.snapshot(async (tx) =>
    streamViews(tx, publicUrl, [await findStream(tx, every, id)]),
  )
  if (!view) throw new Problem("signal_stream_not_found", "the stream was removed meanwhile")
  return view
}

async function sourceViewOf({ shelf, publicUrl }: ApiServices, id: string): Promise<SignalSourceView> {
  const [view] = await shelf.snapshot(async (tx) => sourceViews(tx, publicUrl, [await findSource(tx, id)]))
  if (!view) throw noSource(id)
  return view
}
