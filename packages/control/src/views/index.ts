export type { SavedView, SavedViewStore } from "./saved-view-store.ts"
export { changeView, removeView, saveView } from "./saved-views.ts"
