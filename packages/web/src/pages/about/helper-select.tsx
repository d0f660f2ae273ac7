import type { ReactNode } from "react"
import { SelectField } from "../../components/field.tsx"
import { usePeople } from "../../data/people-query.ts"
import { useTeams } from "../../data/teams-query.ts"
import { plainText } from "../../words/plain-text.ts"

/** Lets a team or one of the active people be chosen to help with an agent. */
export function HelperSelect(props: {
  chosen: string
  /** The ids of those who help already. */
  except: readonly string[]
  onChoose: (id: string) => void
}): ReactNode {
  const people = usePeople()
  const teams = useTeams()
  const isFree = ({ id }: { id: string }): boolean => !props.except.includes(id)
  const offered = (people.data?.items ?? []).filter((person) => person.active && isFree(person))
  const freeTeams = (teams.data?.items ?? []).filter(isFree)
  const failed = people.error ?? teams.error
  return (
    <SelectField
      label="Add a maintainer"
      hint={failed ? "Not everybody could be read." : undefined}
      value={props.chosen}
      onChange={(event) => props.onChoose(event.target.value)}
    >
      <option value="">Choose a person or a team</option>
      {freeTeams.length > 0 && (
        <optgroup label="Teams">
          {freeTeams.map(({ id, name }) => (
            <option key={id} value={id}>
              {plainText(name)}
            </option>
          ))}
        </optgroup>
      )}
      <optgroup label="People">
        {offered.map(({ id, name, email }) => (
          <option key={id} value={id}>
            {plainText(`${name} (${email})`)}
          </option>
        ))}
      </optgroup>
    </SelectField>
  )
}
