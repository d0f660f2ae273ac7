import { type Id, isId, newId, Problem } from "@tabard/core"
import type { AuditEvent, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transact, Transaction } from "../transaction.ts"
import type { SavedView } from "./saved-view-store.ts"

export interface SavedViewsDeps extends RecordContext {
  readonly transact: Transact<"outbox" | "views">
}

/** What a person keeps of a list. */
export type ViewWords = Pick<SavedView, "name" | "search">

/** The most views of one person: more is a list to search, and no shortcut. */
export const MOST_VIEWS = 50

/**
 * Keeps a list as a person sees it, under a name of their own. It is theirs alone.
 *
 * @throws {Problem} view_conflict
 */
export async function saveView(deps: SavedViewsDeps, user: Id<"user">, words: ViewWords): Promise<SavedView> {
  const view: SavedView = { id: newId("view", deps.clock), user, ...words, savedAt: deps.clock.now() }
  return deps.transact(async ({ views, outbox }) => {
    const own = await views.of(user, { limit: MOST_VIEWS })
    if (own.length === MOST_VIEWS)
      throw new Problem("view_conflict", `you have ${MOST_VIEWS} saved views: remove one first`)
    if (!(await views.add(view))) throw nameTaken(view)
    await recordEvent(deps, outbox, told("view.saved", view))
    return view
  })
}

/**
 * Keeps another name or search of one's own view.
 *
 * @throws {Problem} view_not_found, also where it is somebody else's; view_conflict
 */
export async function changeView(
  deps: SavedViewsDeps,
  user: Id<"user">,
  { id, ...words }: ViewWords & { readonly id: string },
): Promise<SavedView> {
  return deps.transact(async ({ views, outbox }) => {
    const view = { ...(await ownView(views, user, id)), ...words, savedAt: deps.clock.now() }
    if (!(await views.change(view))) throw nameTaken(view)
    await recordEvent(deps, outbox, told("view.saved", view))
    return view
  })
}

/**
 * Drops one's own view.
 *
 * @throws {Problem} view_not_found, also where it is somebody else's
 */
export async function removeView(deps: SavedViewsDeps, user: Id<"user">, id: string): Promise<void> {
  await deps.transact(async ({ views, outbox }) => {
    const view = await ownView(views, user, id)
    if (!(await views.remove(view.id, user))) throw gone()
    await recordEvent(deps, outbox, told("view.removed", view))
  })
}

async function ownView(views: Transaction["views"], user: Id<"user">, id: string): Promise<SavedView> {
  const view = isId("view", id) ? await views.find(id, user) : undefined
  if (!view) throw gone()
  return view
}

function gone(): Problem {
  return new Problem("view_not_found", "you have no such saved view (any more)")
}

function nameTaken({ name }: ViewWords): Problem {
  return new Problem("view_conflict", `you have a saved view that is called ${name}: choose another name`)
}

/** What a view shows is its person's own business: the record names it, and no more. */
function told(type: "view.saved" | "view.removed", { id, user }: SavedView): AuditEvent {
  return { type, actor: { kind: "user", id: user }, data: { view: id } }
}
