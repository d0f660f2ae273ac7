import type { SavedViewOperations, SavedViewView } from "@tabard/api"
import { changeView, removeView, type SavedView, saveView } from "@tabard/control"
import type { Handlers } from "../handler.ts"
import { byId, pageOf } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"

const VIEWS = byId("views", "view")

/** One's own saved views. */
export function savedViewHandlers(services: ApiServices): Pick<Handlers, keyof SavedViewOperations> {
  const { shelf } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  return {
    listViews: ({ user }, asked) =>
      shelf.snapshot(async ({ views }) => {
        const { items, next } = await pageOf(VIEWS, asked, (from) => views.of(user.id, from))
        return { items: items.map(savedViewView), next }
      }),
    saveView: async ({ user }, words) => savedViewView(await saveView(deps, user.id, words)),
    changeView: async ({ user }, change) => savedViewView(await changeView(deps, user.id, change)),
    removeView: async ({ user }, { id }) => {
      await removeView(deps, user.id, id)
      return {}
    },
  }
}

function savedViewView({ id, name, search, savedAt }: SavedView): SavedViewView {
  return { id, name, search, savedAt: savedAt.toISOString() }
}
