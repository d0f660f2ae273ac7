import { z } from "zod"
import { ById, Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { list, post, put } from "./operation-makers.ts"
import { type Page, Paged, type PageQuery } from "./paging.ts"
import { SavedViewView } from "./views/saved-view.ts"

/** A list as somebody wants to see it again. */
export interface SavedViewInput {
  readonly name: string
  /** What stands behind the question mark of the list's address in the console. */
  readonly search: string
}

/** Another name or search of a view. */
export interface SavedViewChange extends SavedViewInput {
  readonly id: string
}

const words = {
  name: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .regex(/^[^\p{Cc}]*$/u, "holds control characters"),
  search: z
    .string()
    .max(2_000)
    .regex(/^[\x21-\x7e]*$/, "is no search of an address: write what is not ASCII with %"),
}
const SavedViewInput: z.ZodType<SavedViewInput> = z.strictObject(words)
const SavedViewChange: z.ZodType<SavedViewChange> = z.strictObject({ id: z.string().max(80), ...words })

/** One's own saved views. No API token may ask for them: they are of use to whoever looks, and to no machine. */
export interface SavedViewOperations {
  readonly listViews: Operation<PageQuery, Page<SavedViewView>>
  readonly saveView: Operation<SavedViewInput, SavedViewView>
  readonly changeView: Operation<SavedViewChange, SavedViewView>
  readonly removeView: Operation<ById, Nothing>
}

export const SAVED_VIEW_OPERATIONS: SavedViewOperations = {
  listViews: list("/views", "signed-in", "One's own saved views of the agents", Paged, SavedViewView),
  saveView: post(
    "/views",
    "signed-in",
    "Saves the list of agents as one sees it, under a name; at most 50",
    SavedViewInput,
    SavedViewView,
  ),
  changeView: put(
    "/views/:id",
    "signed-in",
    "Gives one's own saved view another name or search",
    SavedViewChange,
    SavedViewView,
  ),
  removeView: post("/views/:id/removal", "signed-in", "Removes one of one's own saved views", ById, Nothing),
}
