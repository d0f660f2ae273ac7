import type { AgentSummary } from "@tabard/api"
import { type ActKind, SINGLE_ACTS } from "@tabard/api"
import { type AgentState, nextState } from "@tabard/core"
import type { ReactNode } from "react"
import { ActsMenu } from "../../components/acts-menu.tsx"
import { Button } from "../../components/button.tsx"
import { Icon } from "../../components/icon.tsx"
import { useIsSteward, useSignedIn } from "../../shell/signed-in-context.ts"
import { count, grouped } from "../../words/count.ts"
import { ACT_WORDS } from "./act-words.ts"

/** Those that are seen at once, and those that one has to look for. */
const FIRST: readonly ActKind[] = ["suspend", "resume", "offer-ownership"]
const LATER: readonly ActKind[] = ["add-maintainer", "set-next-review", "dismiss", "retire"]
const GONE: readonly AgentState[] = ["dismissed", "retiring", "retired"]

/** Whether the person acts on agents at all: an auditor reads. */
export function useMayPick(): boolean {
  return useSignedIn().user.role !== "auditor"
}

/** How many agents are picked, and what can be done to them; each act says to how many its state lets it be done. */
export function PickedBar(props: {
  agents: readonly AgentSummary[]
  /** How many the filters show. */
  shown: number
  onAct: (kind: ActKind) => void
  onAll: () => void
  onNone: () => void
}): ReactNode {
  const { agents, shown, onAct, onAll, onNone } = props
  const isSteward = useIsSteward()
  const ableOf = (kinds: readonly ActKind[]): readonly Able[] =>
    kinds
      .filter((kind) => isSteward || SINGLE_ACTS[kind] !== "dismissAgent")
      .map((kind) => ({ kind, able: agents.filter(({ state }) => allows(kind, state)).length }))
      .filter(({ able }) => able > 0)
  return (
    <section
      aria-label="Picked agents"
      className="appear sticky bottom-3 z-20 mx-auto mt-3 flex w-fit max-w-full items-center gap-2 overflow-x-auto rounded-lg bg-float p-1.5 max-md:gap-1 shadow-float max-md:bottom-[calc(4.25rem+env(safe-area-inset-bottom))]"
    >
      <span className="shrink-0 px-2 font-medium" role="status">
        {grouped(agents.length)} selected
      </span>
      {agents.length < shown && (
        <Button look="quiet" onClick={onAll}>
          Select all {count(shown, "agent")}
        </Button>
      )}
      <span aria-hidden="true" className="h-4 border-l max-md:hidden" />
      {ableOf(FIRST).map(({ kind, able }) => (
        <Button
          key={kind}
          look={kind === "suspend" ? "stop" : "plain"}
          {...(kind === "suspend" && { icon: "stop" as const })}
          onClick={() => onAct(kind)}
        >
          {ACT_WORDS[kind].button(grouped(able))}
        </Button>
      ))}
      <ActsMenu
        label="More acts on those selected"
        acts={ableOf(LATER).map(({ kind, able }) => ({
          words: `${ACT_WORDS[kind].does(count(able, "agent"))}…`,
          onSelect: () => onAct(kind),
          final: kind === "retire",
        }))}
      />
      <button
        type="button"
        aria-label="Select none"
        onClick={onNone}
        className="grid size-8 shrink-0 place-items-center rounded-md text-faint hover:bg-hover hover:text-ink max-md:size-10"
      >
        <Icon name="cross" />
      </button>
    </section>
  )
}

interface Able {
  readonly kind: ActKind
  readonly able: number
}

function allows(kind: ActKind, state: AgentState): boolean {
  switch (kind) {
    case "suspend":
    case "resume":
    case "retire":
    case "dismiss":
      return nextState(state, kind) !== undefined
    case "offer-ownership":
      return !GONE.includes(state)
    case "add-maintainer":
    case "set-next-review":
      return state !== "retired" && state !== "dismissed"
  }
}
