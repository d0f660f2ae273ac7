import type { DeadLetterView, SinkProgressView, SinkView } from "@tabard/api"
import { type DeadLetter, type Sink, type SinkHealth, sinkHealth, type Transaction } from "@tabard/control"

type SinkStores = Pick<Transaction, "deadLetters" | "logState" | "outbox" | "sinkProgress">

/** Shows sinks, with how far each has come and how it does. */
export async function sinkViews(
  tx: SinkStores,
  sinks: readonly Sink[],
  now: Date,
): Promise<readonly SinkView[]> {
  const health = await sinkHealth(tx, sinks, now)
  return sinks.flatMap((sink) => {
    const found = health.get(sink.id)
    return found ? [sinkView(sink, found)] : []
  })
}

function sinkView(sink: Sink, health: SinkHealth): SinkView {
  const { id, kind, name, content, settings, choice, checkpoints, state } = sink
  return {
    id,
    kind,
    name,
    content,
    settings,
    choice,
    checkpoints,
    state,
    madeAt: sink.madeAt.toISOString(),
    progress: progressView(health),
  }
}

/** The addresses among a receiver's settings. */
export const ADDRESSES: readonly string[] = ["url", "dce", "loginUrl", "endpoint"]

/** Answers a sink without what stands behind the hosts of its addresses: with many receivers, whoever knows that may write to them. */
export function withoutAddresses(view: SinkView): SinkView {
  const settings = Object.entries(view.settings).map(([name, value]) => [
    name,
    ADDRESSES.includes(name) && typeof value === "string" ? hostShown(value) : value,
  ])
  return { ...view, settings: Object.fromEntries(settings) }
}

function hostShown(address: string): string {
  const { origin, href } = new URL(address)
  return href === `${origin}/` ? origin : `${origin}/…`
}

function progressView({
  progress,
  size,
  waitingSince,
  deadLetters,
  pace,
  met,
}: SinkHealth): SinkProgressView {
  const { place, checkpoint, standing, failures } = progress
  const isTroubled = standing !== "well"
  return {
    place,
    size,
    waitingSince: timeView(waitingSince),
    checkpoint,
    checkpointAt: timeView(progress.checkpointAt),
    standing,
    failures,
    said: progress.said,
    nextTryAt: isTroubled ? timeView(progress.due) : null,
    troubledSince: timeView(progress.troubledSince),
    succeededAt: timeView(progress.succeededAt),
    failedAt: timeView(progress.failedAt),
    deadLetters,
    lastDay: pace,
    met,
  }
}

/** Shows dead letters, each with the event that it holds up. */
export async function deadLetterViews(
  { outbox }: Pick<Transaction, "outbox">,
  letters: readonly DeadLetter[],
): Promise<readonly DeadLetterView[]> {
  const views: DeadLetterView[] = []
  for (const letter of letters) {
    const { id, key, type, place, reason, tries, again } = letter
    const [event] = letter.note === null ? await outbox.range(place, place + 1) : []
    views.push({
      id,
      key,
      type,
      place,
      event: event?.id ?? null,
      reason,
      at: letter.at.toISOString(),
      tries,
      again,
    })
  }
  return views
}

function timeView(time: Date | null): string | null {
  return time?.toISOString() ?? null
}
