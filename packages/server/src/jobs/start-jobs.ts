import {
  endObserving,
  expireApprovals,
  expireOffers,
  expireTasks,
  KEY_LIFE_MS,
  lapseAcceptances,
} from "@tabard/control"

import type { ProcessRole } from "../config.ts"
import { notificationKeeper } from "../notifications/notification-keeper.ts"
import type { OpenOrganisation } from "../organisation/open-organisation.ts"
import { publishTold } from "../record/told-publishing.ts"
import { signalKeeper } from "../signals/signal-keeper.ts"
import { exportKeeper } from "../sinks/export-keeper.ts"
import { eventMarker } from "./event-marker.ts"
import { findingKeeper } from "./finding-keeper.ts"
import { lifecycleKeeper } from "./lifecycle-keeper.ts"
import { recordPruner } from "./record-pruner.ts"
import { repeat } from "./repeat.ts"
import { searchKeeper } from "./search-keeper.ts"

/** The work that goes on by itself. Disposing of it publishes what waits once more. */
export interface Jobs extends AsyncDisposable {
  /** Publishes what waits for the log, now; nothing where another process publishes. */
  publish(): Promise<number>
}

/** How soon what waits has its place and its tiles; a checkpoint is signed at times of its own. */
const GROW_EVERY_MS = 250

/** How soon it is seen that a witness may be asked; each has a pace of its own besides. */
const WITNESS_EVERY_MS = 1000

/** How often partial tiles are looked for that nobody needs any more. */
const COLLECT_EVERY_MS = 60_000

/** How often it is asked whether anything is to leave the record. */
const RETAIN_EVERY_MS = 10 * 60_000

/** How soon every process knows that the record cannot be kept. */
const WATCH_EVERY_MS = 1000

/** How soon every process knows another key that signs tokens or signals: long before one does. */
const KEYS_EVERY_MS = 5000

/** How soon what is over is marked so. Nothing depends on it: every door asks the clock itself. */
const EXPIRE_EVERY_MS = 5000

/** How soon people are told of what the log holds, at most. */
const TELL_EVERY_MS = 1000

/** How soon sinks get what was published, at most. */
const EXPORT_EVERY_MS = 1000

/** How soon receivers of signals are told, and sources asked, at most. */
const SIGNAL_EVERY_MS = 500

/** How often what can no longer be used or replayed is forgotten. */
const PRUNE_EVERY_MS = 60_000

/** How often a page of the inventory is judged anew, for what becomes true by time alone. */
const JUDGE_EVERY_MS = 60_000

/** How often it is asked whether anything is to be indexed: everything at first, then what was missed. */
const INDEX_EVERY_MS = 2_000

/** How long what was observed of agents is kept, and what their calls were judged by. */
const OBSERVED_KEPT_MS = 30 * 24 * 60 * 60 * 1000

/** How long a budget's count outlives its window: a clock that is set back by less finds what was used. */
const COUNTS_KEPT_MS = 2 * 24 * 60 * 60 * 1000

/** How long an ended token is still told of. */
const TOKENS_KEPT_MS = 24 * 60 * 60 * 1000

/** How long it is known of what people were warned, once it is past. */
const WARNINGS_KEPT_MS = 400 * 24 * 60 * 60 * 1000

/** How long it is known how soon entries came to sinks. */
const PACE_KEPT_MS = 7 * 24 * 60 * 60 * 1000

/** How long people find in their list what they were told of, and administrators what came of deliveries. */
const NOTIFICATIONS_KEPT_MS = 90 * 24 * 60 * 60 * 1000

/** Starts the jobs of this process's roles. */
export function startJobs(
  open: OpenOrganisation,
  { roles, onFault }: { roles: readonly ProcessRole[]; onFault: (error: unknown) => void },
): Jobs {
  const stack = new AsyncDisposableStack()
  const { logKeeper, witnessKeeper } = open
  const told = (work: () => Promise<number>) => () => publishTold(work, open)
  // What this process publishes first, witnesses have been asked about.
  const publish = async (): Promise<number> => {
    await witnessKeeper?.greet()
    return (await logKeeper?.publish()) ?? 0
  }
  if (logKeeper && witnessKeeper) {
    const keep = told(() => witnessKeeper.greet().then(() => logKeeper.keep()))
    stack.use(logKeeper)
    stack.use(witnessKeeper)
    stack.defer(async () => void (await publish().catch(onFault)))
    stack.use(repeat(GROW_EVERY_MS, keep, onFault))
    stack.use(repeat(WITNESS_EVERY_MS, () => witnessKeeper.round(), onFault))
    stack.use(repeat(COLLECT_EVERY_MS, () => logKeeper.collect(), onFault))
    const stopping = new AbortController()
    stack.use(repeat(RETAIN_EVERY_MS, recordPruner(open, stopping.signal), onFault))
    // Disposed of before its rounds are waited for: a long one ends with its portion.
    stack.defer(() => stopping.abort())
  }
  stack.use(repeat(WATCH_EVERY_MS, () => open.recordWatch.look(), onFault))
  stack.use(repeat(KEYS_EVERY_MS, () => open.issuerKeys.refresh(), onFault))
  if (roles.includes("control")) {
    stack.use(repeat(EXPIRE_EVERY_MS, () => expire(open), onFault))
    stack.use(repeat(PRUNE_EVERY_MS, () => prune(open), onFault))
    if (open.ways) stack.use(repeat(TELL_EVERY_MS, notificationKeeper(open, open.ways), onFault))
    if (open.exporting) startExport(stack, { open, ways: open.exporting, holder: open.holder, onFault })
    if (open.signals) startSignals(stack, { open, ways: open.signals, onFault })
    stack.use(repeat(EXPIRE_EVERY_MS, lifecycleKeeper(open, onFault), onFault))
    stack.use(repeat(JUDGE_EVERY_MS, findingKeeper(open), onFault))
    stack.use(repeat(INDEX_EVERY_MS, searchKeeper(open), onFault))
    stack.use(repeat(INDEX_EVERY_MS, eventMarker(open), onFault))
  }
  return {
    publish,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** The keeper outlives its rounds: it waits for what is in flight once no round begins any more. */
function startExport(stack: AsyncDisposableStack, keeping: Parameters<typeof exportKeeper>[0]): void {
  const keeper = stack.use(exportKeeper(keeping))
  stack.use(repeat(EXPORT_EVERY_MS, () => keeper.round(), keeping.onFault))
}

/** The keeper outlives its rounds too. */
function startSignals(stack: AsyncDisposableStack, keeping: Parameters<typeof signalKeeper>[0]): void {
  const keeper = stack.use(signalKeeper(keeping))
  stack.use(repeat(SIGNAL_EVERY_MS, () => keeper.round(), keeping.onFault))
  stack.use(repeat(KEYS_EVERY_MS, () => keeping.ways.refresh(), keeping.onFault))
}

async function expire({ organisation, clock, shelf }: OpenOrganisation): Promise<void> {
  const deps = { organisation, clock, transact: shelf.transact }
  while ((await expireTasks(deps)) > 0);
  while ((await expireApprovals(deps)) > 0);
  while ((await expireOffers(deps)) > 0);
  while ((await lapseAcceptances(deps)) > 0);
  while ((await endObserving(deps)) > 0);
}

async function prune({ clock, shelf }: OpenOrganisation): Promise<void> {
  const now = clock.now()
  await shelf.transact(async ({ deliveries, idempotency, notifications, replays, ...tx }) => {
    await idempotency.prune(new Date(now.getTime() - KEY_LIFE_MS))
    await replays.prune(now)
    await tx.oauthModels.prune(now)
    await tx.sessions.prune(now)
    await tx.warnings.prune(new Date(now.getTime() - WARNINGS_KEPT_MS))
    await tx.budgets.prune(new Date((await tx.budgets.time(now)).getTime() - COUNTS_KEPT_MS))
    await tx.observing.forget({ before: new Date(now.getTime() - OBSERVED_KEPT_MS) })
    await tx.decisions.forgetArguments({ before: new Date(now.getTime() - OBSERVED_KEPT_MS) })
    await tx.tokens.prune(new Date(now.getTime() - TOKENS_KEPT_MS))
    await deliveries.prune(new Date(now.getTime() - NOTIFICATIONS_KEPT_MS))
    await tx.sinkProgress.prune(new Date(now.getTime() - PACE_KEPT_MS))
    await notifications.prune(new Date(now.getTime() - NOTIFICATIONS_KEPT_MS))
  })
}
