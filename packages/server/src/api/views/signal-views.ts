import type { SignalSourceView, SignalStreamView } from "@tabard/api"
import type { SignalSource, SignalStream, SourceProgress, StreamProgress, Transaction } from "@tabard/control"

/** Shows streams, with how each does. */
export async function streamViews(
  tx: Pick<Transaction, "apiTokens" | "signalStreams">,
  issuer: string,
  streams: readonly SignalStream[],
): Promise<readonly SignalStreamView[]> {
  const progress = new Map((await tx.signalStreams.progress()).map((one) => [one.stream, one]))
  const tokens = await tx.apiTokens.of(streams.flatMap(({ receiver }) => receiver ?? []))
  const purposes = new Map(tokens.map(({ id, purpose }) => [id, { id, purpose }]))
  return streams.flatMap((stream) => {
    const found = progress.get(stream.id)
    const receiver = (stream.receiver && purposes.get(stream.receiver)) ?? null
    return found ? [{ ...streamView(issuer, stream, found), receiver }] : []
  })
}

function streamView(
  issuer: string,
  { id, name, delivery, audience, types, form, status, reason, madeAt }: SignalStream,
  progress: StreamProgress,
): Omit<SignalStreamView, "receiver"> {
  const { waiting, failures, said, dropped, refused } = progress
  return {
    id,
    name,
    audience,
    types,
    form,
    status,
    reason,
    waiting,
    failures,
    said,
    dropped,
    refused,
    method: delivery.method,
    url: delivery.method === "push" ? delivery.url : `${issuer}/ssf/poll/${id}`,
    madeAt: madeAt.toISOString(),
    waitingSince: timeView(progress.waitingSince),
    deliveredAt: timeView(progress.deliveredAt),
    failedAt: timeView(progress.failedAt),
    nextTryAt: failures > 0 ? timeView(progress.due) : null,
  }
}

/** Shows sources, with how each does. */
export async function sourceViews(
  { signalSources }: Pick<Transaction, "signalSources">,
  issuer: string,
  sources: readonly SignalSource[],
): Promise<readonly SignalSourceView[]> {
  const progress = new Map((await signalSources.progress()).map((one) => [one.source, one]))
  return sources.flatMap((source) => {
    const found = progress.get(source.id)
    return found ? [sourceView(issuer, source, found)] : []
  })
}

function sourceView(
  us: string,
  { id, name, issuer, audience, jwksUri, delivery, state, madeAt }: SignalSource,
  progress: SourceProgress,
): SignalSourceView {
  const { received, refused, failures, said } = progress
  return {
    id,
    name,
    issuer,
    audience,
    jwksUri,
    state,
    received,
    refused,
    failures,
    said,
    method: delivery.method,
    url: delivery.method === "push" ? `${us}/ssf/events/${id}` : delivery.url,
    madeAt: madeAt.toISOString(),
    receivedAt: timeView(progress.receivedAt),
    refusedAt: timeView(progress.refusedAt),
    nextTryAt: failures > 0 ? timeView(progress.due) : null,
  }
}

/** Answers a view without what stands behind the host of its address. */
export function withHostAlone<View extends { readonly url: string }>(view: View): View {
  const { origin, href } = new URL(view.url)
  return { ...view, url: href === `${origin}/` ? origin : `${origin}/…` }
}

function timeView(time: Date | null): string | null {
  return time?.toISOString() ?? null
}
