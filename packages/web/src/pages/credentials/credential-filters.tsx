import type { ReactNode } from "react"
import { Chip } from "../../components/chip.tsx"
import { FilterBar, FilterChoice, FilterGroup } from "../../components/filter-bar.tsx"
import { useCredentials } from "../../data/seen-query.ts"
import { keysOf } from "../../shell/read-address.ts"
import { credentialWords, STORAGE_WORDS } from "../../words/access-words.ts"
import { capital } from "../../words/capital.ts"
import { type CredentialsSearch, credentialFilterOf } from "./credentials-search.ts"

const STORAGES = keysOf(STORAGE_WORDS)

type Change = { [Key in keyof CredentialsSearch]?: CredentialsSearch[Key] | undefined }

/** The filters of the credentials. */
export function CredentialFilters(props: {
  search: CredentialsSearch
  onSearch: (change: Change) => void
}): ReactNode {
  const { search, onSearch } = props
  const { storedAs, shared, vanished } = search
  return (
    <FilterBar>
      <FilterGroup>
        {STORAGES.map((one) => (
          <Chip
            key={one}
            on={storedAs === one}
            count={undefined}
            onToggle={() => onSearch({ storedAs: storedAs === one ? undefined : one })}
          >
            {capital(STORAGE_WORDS[one])}
          </Chip>
        ))}
      </FilterGroup>
      <FilterGroup>
        <Chip
          on={shared === "yes"}
          count={undefined}
          onToggle={() => onSearch({ shared: shared ? undefined : "yes" })}
        >
          Shared by agents
        </Chip>
        <Chip
          on={vanished === "yes"}
          count={undefined}
          onToggle={() => onSearch({ vanished: vanished ? undefined : "yes" })}
        >
          Not there any more
        </Chip>
      </FilterGroup>
      <FilterGroup>
        <ProviderAndKind search={search} onSearch={onSearch} />
      </FilterGroup>
    </FilterBar>
  )
}

/** Offered are those of what was read so far; any other can stand in the address. */
function ProviderAndKind(props: {
  search: CredentialsSearch
  onSearch: (change: Change) => void
}): ReactNode {
  const { provider, kind, ...others } = props.search
  const { items } = useCredentials(credentialFilterOf(others))
  const providers = new Set(items.flatMap((one) => one.provider ?? []))
  const kinds = new Map(items.map((one) => [one.kind, credentialWords({ kind: one.kind, provider: null })]))
  return (
    <>
      <FilterChoice
        label="Provider"
        any="Any provider"
        chosen={provider}
        options={[...providers].toSorted().map((one) => [one, one])}
        onChoose={(chosen) => props.onSearch({ provider: chosen })}
      />
      <FilterChoice
        label="Kind"
        any="Any kind"
        chosen={kind}
        options={[...kinds].toSorted(([, a], [, b]) => a.localeCompare(b))}
        onChoose={(chosen) => props.onSearch({ kind: chosen })}
      />
    </>
  )
}
