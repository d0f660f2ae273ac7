import type { DirectoryPersonView } from "@tabard/api"
import { ROLES } from "@tabard/core"
import { type ReactNode, useDeferredValue, useMemo, useRef } from "react"
import { Button } from "../../components/button.tsx"
import { Chip } from "../../components/chip.tsx"
import { EmptyFace, SkeletonRows } from "../../components/faces.tsx"
import { FilterChoice } from "../../components/filter-bar.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { rowGround } from "../../components/row-look.ts"
import { SearchField } from "../../components/search-field.tsx"
import { useRowsInSight } from "../../components/use-rows-in-sight.ts"
import { usePeople } from "../../data/people-query.ts"
import { oneOf } from "../../shell/read-address.ts"
import { count, grouped } from "../../words/count.ts"
import { filterPeople } from "./filter-people.ts"
import type { PeopleSearch, PeopleSearchChange } from "./people-search.ts"
import { PERSON_GRID, PersonHeader, PersonRow } from "./person-row.tsx"
import { ROLE_WORDS } from "./role-words.ts"

interface ListProps {
  readonly search: PeopleSearch
  readonly onSearch: (change: PeopleSearchChange) => void
}

/** The people whom the address asks for; only those in sight exist in the page. */
export function PeopleList({ search, onSearch }: ListProps): ReactNode {
  return (
    <Loaded
      reading={readingOf(usePeople())}
      what="The directory"
      loading={<SkeletonRows rows={10} height={ROW} />}
      isEmpty={() => false}
      empty={null}
      partial={() => null}
    >
      {({ items }) => <Found everybody={items} search={search} onSearch={onSearch} />}
    </Loaded>
  )
}

function Found(props: ListProps & { everybody: readonly DirectoryPersonView[] }): ReactNode {
  const { everybody, search, onSearch } = props
  const asked = useDeferredValue(search)
  const shown = useMemo(() => filterPeople(everybody, asked), [everybody, asked])
  return (
    <>
      <Filters {...props} shown={shown.length} />
      {shown.length === 0 ? (
        <EmptyFace
          title="Nobody matches"
          next={
            <Button onClick={() => onSearch({ q: undefined, role: undefined, off: undefined })}>
              Show everybody who is active
            </Button>
          }
        >
          Nobody in the directory has all of this.
        </EmptyFace>
      ) : (
        <Rows people={shown} open={search.person} />
      )}
    </>
  )
}

function Filters(props: ListProps & { everybody: readonly DirectoryPersonView[]; shown: number }): ReactNode {
  const { everybody, search, onSearch, shown } = props
  const off = everybody.filter(({ active }) => !active).length
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchField
        text={search.q ?? ""}
        onText={(text) => onSearch({ q: text || undefined })}
        label="Search the people"
        placeholder="Name, email, team or manager"
      />
      <FilterChoice
        label="Role"
        any="Any role"
        chosen={search.role}
        options={ROLES.map((role) => [role, ROLE_WORDS[role]])}
        onChoose={(role) => onSearch({ role: role === undefined ? undefined : oneOf(ROLE_WORDS)(role) })}
      />
      {off > 0 && (
        <Chip
          on={search.off === "yes"}
          count={off}
          onToggle={() => onSearch({ off: search.off ? undefined : "yes" })}
        >
          Switched off
        </Chip>
      )}
      <p className="ml-auto text-small text-faint max-md:sr-only" role="status">
        {shown === everybody.length - off || search.off
          ? count(shown, "person", "people")
          : `${grouped(shown)} of ${count(everybody.length - off, "person", "people")}`}
      </p>
    </div>
  )
}

/** In pixels: a name above an email. */
const ROW = 52

function Rows({
  people,
  open,
}: {
  people: readonly DirectoryPersonView[]
  open: string | undefined
}): ReactNode {
  const body = useRef<HTMLDivElement>(null)
  const virtual = useRowsInSight(body, people.length, ROW)
  return (
    <div role="table" aria-label="People" aria-rowcount={people.length + 1} className="@container border-t">
      <PersonHeader />
      <div role="rowgroup" ref={body} className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, size, start }) => {
          const person = people[index]
          if (!person) return null
          return (
            <div
              key={person.id}
              role="row"
              aria-rowindex={index + 2}
              className={`absolute inset-x-0 top-0 border-b ${rowGround(person.id === open)} ${PERSON_GRID}`}
              style={{ height: size, transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
            >
              <PersonRow person={person} />
            </div>
          )
        })}
      </div>
    </div>
  )
}
