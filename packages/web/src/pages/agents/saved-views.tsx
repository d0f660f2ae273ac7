import type { SavedViewView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Icon } from "../../components/icon.tsx"
import { Said } from "../../components/said.tsx"
import { useViewAct, useViews } from "../../data/views-query.ts"
import { plainText } from "../../words/plain-text.ts"
import type { AgentsSearch } from "./agents-search.ts"
import { SaveViewDialog } from "./save-view-dialog.tsx"
import { searchOfView, viewSearchOf } from "./view-search.ts"

const TAB =
  "inline-flex h-8 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-1 text-soft hover:text-ink data-[on=true]:border-accent data-[on=true]:font-medium data-[on=true]:text-ink max-md:h-10"

/** The router says by itself which link leads where one is: only the one that does. */
const EXACTLY = { exact: true, includeSearch: true } as const

/** One's own views of the list, above it; what is shown now can be kept as another one. */
export function SavedViews({ search }: { search: AgentsSearch }): ReactNode {
  const views = useViews().data?.items ?? []
  const [saving, setSaving] = useState(false)
  const here = viewSearchOf(search)
  const shown = views.find((view) => sameView(view, here))
  if (views.length === 0 && here === "") return null
  return (
    <nav
      aria-label="Saved views"
      className="mb-3 flex items-center gap-4 border-b max-md:-mx-4 max-md:overflow-x-auto max-md:px-4"
    >
      <Link
        to="/agents"
        search={{}}
        replace
        activeOptions={EXACTLY}
        aria-current={here === "" ? "true" : undefined}
        data-on={here === ""}
        className={TAB}
      >
        All agents
      </Link>
      {views.map((view) => (
        <Link
          key={view.id}
          to="/agents"
          search={searchOfView(view.search)}
          replace
          activeOptions={EXACTLY}
          aria-current={view === shown ? "true" : undefined}
          data-on={view === shown}
          className={TAB}
        >
          <Said text={view.name} />
        </Link>
      ))}
      <span className="ml-auto flex shrink-0 items-center gap-1">
        {shown && <RemoveView view={shown} />}
        {here !== "" && (
          <Button look="quiet" size="small" onClick={() => setSaving(true)}>
            {shown ? "Rename this view" : "Save this view"}
          </Button>
        )}
      </span>
      {saving && (
        <SaveViewDialog shown={shown} views={views} search={here} onClose={() => setSaving(false)} />
      )}
    </nav>
  )
}

function sameView({ search }: SavedViewView, here: string): boolean {
  return viewSearchOf(searchOfView(search)) === here
}

/** A view is a shortcut: removing one takes nothing away that could not be saved again. */
function RemoveView({ view }: { view: SavedViewView }): ReactNode {
  const { mutate, isPending, error } = useViewAct((client, id: string) => client.removeView({ id }))
  return (
    <>
      {error && (
        <span role="alert" className="text-small text-deny">
          It could not be removed.
        </span>
      )}
      <Button
        look="quiet"
        size="small"
        busy={isPending}
        aria-label={`Remove the view ${plainText(view.name)}`}
        onClick={() => mutate(view.id)}
      >
        <Icon name="cross" className="size-3.5" /> Remove
      </Button>
    </>
  )
}
