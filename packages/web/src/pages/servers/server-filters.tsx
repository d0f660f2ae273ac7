import type { ReactNode } from "react"
import { Chip } from "../../components/chip.tsx"
import { FilterBar, FilterChoice, FilterGroup } from "../../components/filter-bar.tsx"
import { useResources } from "../../data/seen-query.ts"
import { keysOf } from "../../shell/read-address.ts"
import { flagWords, WEAKNESSES } from "../../words/access-words.ts"
import { SERVER_LISTS, type ServersSearch } from "./servers-search.ts"

const LISTS = keysOf(SERVER_LISTS)
const TRANSPORTS = ["stdio", "http", "sse", "ws"] as const

interface FilterProps {
  readonly search: ServersSearch
  readonly onShow: (search: ServersSearch) => void
}

/** Which of the two lists of servers, and which of those that scans saw. */
export function ServerFilters({ search, onShow }: FilterProps): ReactNode {
  const { list = "seen" } = search
  return (
    <FilterBar>
      <FilterGroup>
        {LISTS.map((one) => (
          <Chip
            key={one}
            on={list === one}
            count={undefined}
            onToggle={() => onShow(one === "seen" ? {} : { list: one })}
          >
            {SERVER_LISTS[one]}
          </Chip>
        ))}
      </FilterGroup>
      {list === "seen" && (
        <FilterGroup>
          <SeenFilters search={search} onShow={onShow} />
        </FilterGroup>
      )}
    </FilterBar>
  )
}

function SeenFilters({ search, onShow }: FilterProps): ReactNode {
  const systems = useResources().data?.items ?? []
  const change = (next: { [Key in keyof ServersSearch]?: ServersSearch[Key] | undefined }): void =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an undefined member leaves the address
    onShow({ ...search, server: undefined, ...next } as ServersSearch)
  return (
    <>
      <FilterChoice
        label="Weakness"
        any="Weak or not"
        chosen={search.flag}
        options={WEAKNESSES.map((flag) => [flag, flagWords(flag)])}
        onChoose={(flag) => change({ flag })}
      />
      <FilterChoice
        label="System"
        any="Any system"
        chosen={search.system}
        options={systems.map(({ system, servers }) => [system, `${system} (${servers})`])}
        onChoose={(system) => change({ system })}
      />
      <FilterChoice
        label="Transport"
        any="Any transport"
        chosen={search.transport}
        options={TRANSPORTS.map((transport) => [transport, transport])}
        onChoose={(transport) => change({ transport })}
      />
      <Chip
        on={search.vanished === "yes"}
        count={undefined}
        onToggle={() => change({ vanished: search.vanished ? undefined : "yes" })}
      >
        Not there any more
      </Chip>
    </>
  )
}
