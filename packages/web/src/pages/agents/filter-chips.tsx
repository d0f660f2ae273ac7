import type { AgentSummary } from "@tabard/api"
import { type ReactNode, useMemo } from "react"
import { Chip } from "../../components/chip.tsx"
import { SelectBox } from "../../components/select-box.tsx"
import { keysOf } from "../../shell/read-address.ts"
import { CATEGORY_WORDS, STATE_WORDS, TIER_MEANINGS } from "../../words/agent-words.ts"
import { plainText } from "../../words/plain-text.ts"
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
const TIERS = keysOf(TIER_MEANINGS)
const BANDS = keysOf(RISK_WORDS).toReversed()

/** The filters of the list; each is in the address, so that what is seen can be sent. */
export function FilterChips(props: {
  /** Undefined until they were read. */
  agents: readonly AgentSummary[] | undefined
  search: AgentsSearch
  onSearch: (change: Change) => void
}): ReactNode {
  const { search, onSearch } = props
  const chips = useMemo(() => countChips(props.agents ?? []), [props.agents])
  const states = keysOf(STATE_WORDS).filter((state) => chips.states.has(state) || search.state === state)
  const switches = SWITCHES.filter(([name]) => chips[name] > 0 || search[name])
  const categories = keysOf(CATEGORIES_ASKED).filter(
    (one) => chips.categories.has(one) || search.category === one,
  )
  return (
    <div
      role="group"
      aria-label="Filters"
      className="flex items-center gap-1.5 max-md:-mx-4 max-md:overflow-x-auto max-md:px-4 max-md:py-1 md:flex-wrap"
    >
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
      {switches.length > 0 && <Divider />}
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
      <Divider />
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
      <Divider />
      <Narrowings chips={chips} isRead={props.agents !== undefined} search={search} onSearch={onSearch} />
    </div>
  )
}

function Narrowings(props: {
  chips: ReturnType<typeof countChips>
  isRead: boolean
  search: AgentsSearch
  onSearch: (change: Change) => void
}): ReactNode {
  const { chips, isRead, search, onSearch } = props
  return (
    <>
      <SelectBox
        aria-label="Risk"
        amongChips
        value={search.band ?? ""}
        onChange={({ target: { value } }) => onSearch({ band: BANDS.find((band) => band === value) })}
      >
        <option value="">Any risk</option>
        {BANDS.map((band) => (
          <option key={band} value={band}>
            {RISK_WORDS[band]}
            {isRead && ` (${chips.bands.get(band) ?? 0})`}
          </option>
        ))}
      </SelectBox>
      {(chips.tiers.size > 0 || search.tier) && (
        <SelectBox
          aria-label="Tier"
          amongChips
          value={search.tier ?? ""}
          onChange={({ target: { value } }) => onSearch({ tier: TIERS.find((tier) => tier === value) })}
        >
          <option value="">Any tier</option>
          {TIERS.map((tier) => (
            <option key={tier} value={tier}>
              {tier}
              {isRead && ` (${chips.tiers.get(tier) ?? 0})`}
            </option>
          ))}
        </SelectBox>
      )}
      <SelectBox
        aria-label="Owner"
        amongChips
        value={search.owner ?? ""}
        onChange={({ target: { value } }) => onSearch({ owner: value || undefined })}
      >
        <option value="">Any owner</option>
        {chips.owners.map(({ id, name, agents }) => (
          <option key={id} value={id}>
            {plainText(name)} ({agents})
          </option>
        ))}
      </SelectBox>
    </>
  )
}

function Divider(): ReactNode {
  return <span aria-hidden="true" className="mx-1 h-4 border-l" />
}
