import type { AgentSummary } from "@tabard/api"
import { type ReactNode, useMemo } from "react"
import { Chip } from "../../components/chip.tsx"
import { FilterBar, FilterChoice, FilterGroup } from "../../components/filter-bar.tsx"
import { useTiers } from "../../data/tiers-query.ts"
import { keysOf } from "../../shell/read-address.ts"
import { CATEGORY_WORDS, STATE_WORDS } from "../../words/agent-words.ts"
import { RISK_WORDS } from "../../words/risk-words.ts"
import type { AgentsSearch, CategoryAsked } from "./agents-search.ts"
import { countChips } from "./filter-agents.ts"

type Change = { [Key in keyof AgentsSearch]?: AgentsSearch[Key] | undefined }

const SWITCHES = [
  ["orphaned", "No owner"],
  ["shadow", "Shadow"],
  ["plaintext", "With plain-text credentials"],
  ["vanished", "Not seen any more"],
] as const
const CATEGORIES_ASKED: Readonly<Record<CategoryAsked, string>> = {
  chatbot: CATEGORY_WORDS.chatbot.label,
  local: CATEGORY_WORDS.local.label,
  production: CATEGORY_WORDS.production.label,
  unknown: "Unknown category",
}
const BANDS = keysOf(RISK_WORDS).toReversed()

/** The filters of the list; each is in the address, so that what is seen can be sent. */
export function FilterChips(props: {
  /** Undefined until they were read. */
  agents: readonly AgentSummary[] | undefined
  search: AgentsSearch
  onSearch: (change: Change) => void
  /** What is said at their end. */
  children: ReactNode
}): ReactNode {
  const { search, onSearch } = props
  const chips = useMemo(() => countChips(props.agents ?? []), [props.agents])
  const states = keysOf(STATE_WORDS).filter((state) => chips.states.has(state) || search.state === state)
  const switches = SWITCHES.filter(([name]) => chips[name] > 0 || search[name])
  const categories = keysOf(CATEGORIES_ASKED).filter(
    (one) => chips.categories.has(one) || search.category === one,
  )
  return (
    <FilterBar>
      <FilterGroup>
        {switches.map(([name, words]) => (
          <Chip
            key={name}
            on={Boolean(search[name])}
            count={chips[name]}
            onToggle={() => onSearch({ [name]: search[name] ? undefined : "yes" })}
          >
            {words}
          </Chip>
        ))}
      </FilterGroup>
      <FilterGroup>
        {states.map((state) => (
          <Chip
            key={state}
            on={search.state === state}
            count={chips.states.get(state) ?? 0}
            onToggle={() => onSearch({ state: search.state === state ? undefined : state })}
          >
            {STATE_WORDS[state]}
          </Chip>
        ))}
      </FilterGroup>
      <FilterGroup>
        {categories.map((category) => (
          <Chip
            key={category}
            on={search.category === category}
            count={chips.categories.get(category) ?? 0}
            onToggle={() => onSearch({ category: search.category === category ? undefined : category })}
          >
            {CATEGORIES_ASKED[category]}
          </Chip>
        ))}
      </FilterGroup>
      <FilterGroup>
        <Narrowings chips={chips} isRead={props.agents !== undefined} search={search} onSearch={onSearch} />
      </FilterGroup>
      {props.children}
    </FilterBar>
  )
}

function Narrowings(props: {
  chips: ReturnType<typeof countChips>
  isRead: boolean
  search: AgentsSearch
  onSearch: (change: Change) => void
}): ReactNode {
  const { chips, isRead, search, onSearch } = props
  const tiers = useTiers()
  const told = (many = 0): string => (isRead ? ` (${many})` : "")
  return (
    <>
      <FilterChoice
        label="Risk"
        any="Any risk"
        chosen={search.band}
        options={BANDS.map((band) => [band, RISK_WORDS[band] + told(chips.bands.get(band))])}
        onChoose={(value) => onSearch({ band: BANDS.find((band) => band === value) })}
      />
      {(chips.tiers.size > 0 || search.tier) && (
        <FilterChoice
          label="Tier"
          any="Any tier"
          chosen={search.tier}
          options={tiers.map(({ name }) => [name, name + told(chips.tiers.get(name))])}
          onChoose={(value) => onSearch({ tier: value || undefined })}
        />
      )}
      <FilterChoice
        label="Owner"
        any="Any owner"
        chosen={search.owner}
        options={chips.owners.map(({ id, name, agents }) => [id, `${name} (${agents})`])}
        onChoose={(owner) => onSearch({ owner })}
      />
    </>
  )
}
