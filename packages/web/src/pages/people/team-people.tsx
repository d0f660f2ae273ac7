import type { TeamDetail } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { DrawerPart } from "../../components/drawer.tsx"
import { PersonSelect } from "../../components/person-select.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { usePlaceInTeam } from "../../data/teams-query.ts"
import { count } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"

/** Who belongs to a team, and taking people in and out. */
export function TeamPeople({ team, mayChange }: { team: TeamDetail; mayChange: boolean }): ReactNode {
  const { mutate, isPending, error } = usePlaceInTeam()
  return (
    <DrawerPart title={count(team.people.length, "person", "people")}>
      <ul className="border-t">
        {team.people.map(({ id, name, active }) => (
          <li key={id} className="flex min-h-9 items-center justify-between gap-3 border-b">
            <span className="min-w-0 truncate">
              <Link
                from="/people"
                to="/people"
                search={{ person: id }}
                replace
                className="text-accent hover:underline"
              >
                <Said text={name} />
              </Link>
              {!active && <span className="text-faint"> (switched off)</span>}
            </span>
            {mayChange && (
              <Button
                size="small"
                look="quiet"
                busy={isPending}
                aria-label={`Take out ${plainText(name)}`}
                onClick={() => mutate({ id: team.id, user: id, in: false })}
              >
                Take out
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && <TakeIn team={team} />}
      <ProblemNote error={error} />
    </DrawerPart>
  )
}

function TakeIn({ team }: { team: TeamDetail }): ReactNode {
  const [user, setUser] = useState("")
  const { mutate, isPending, error } = usePlaceInTeam()
  const add = (): void => {
    if (user) mutate({ id: team.id, user, in: true }, { onSuccess: () => setUser("") })
  }
  return (
    <div className="space-y-2 pt-3">
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <PersonSelect
            label="Take somebody in"
            none="Choose a person"
            chosen={user}
            except={team.people.map(({ id }) => id)}
            onChoose={setUser}
          />
        </div>
        <Button busy={isPending} onClick={add} title={user ? undefined : "Choose a person first"}>
          Take in
        </Button>
      </div>
      <ProblemNote error={error} />
    </div>
  )
}
