import type { DirectoryPersonView } from "@tabard/api"
import { ROLES } from "@tabard/core"
import { type ReactNode, useState } from "react"
import { ActDialog } from "../../components/act-dialog.tsx"
import { Button } from "../../components/button.tsx"
import { Mark } from "../../components/mark.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { SelectBox } from "../../components/select-box.tsx"
import { useChangeRole, useDeactivate, useReactivate } from "../../data/people-acts.ts"
import { oneOf } from "../../shell/read-address.ts"
import { LinkAgainDialog } from "./link-again-dialog.tsx"
import { ROLE_WORDS } from "./role-words.ts"

/** How a person's line is laid out. */
export const PERSON_GRID =
  "grid items-center gap-x-4 gap-y-1 px-3 md:grid-cols-[minmax(0,1.6fr)_10rem_8rem_minmax(0,1fr)]"

/** One person: who they are, as what, and whether they are here. */
export function PersonRow({
  person,
  mayChange,
}: {
  person: DirectoryPersonView
  mayChange: boolean
}): ReactNode {
  return (
    <>
      <span className="min-w-0">
        <span className="block truncate font-medium">
          <Said text={person.name} />
        </span>
        <span className="block truncate text-small text-faint">
          <Said text={person.email} />
        </span>
      </span>
      {mayChange ? <RoleChoice person={person} /> : <span>{ROLE_WORDS[person.role]}</span>}
      {person.active ? (
        <Mark icon="active" tone="calm">
          Active
        </Mark>
      ) : (
        <Mark icon="dismissed" tone="faint">
          Switched off
        </Mark>
      )}
      <span className="flex gap-1 md:justify-end">{mayChange && <Acts person={person} />}</span>
    </>
  )
}

function RoleChoice({ person: { id, name, role } }: { person: DirectoryPersonView }): ReactNode {
  const { mutate, isPending, error } = useChangeRole()
  const choose = (value: string): void => {
    const chosen = oneOf(ROLE_WORDS)(value)
    if (chosen) mutate({ id, role: chosen })
  }
  return (
    <span className="min-w-0">
      <SelectBox
        aria-label={`Role of ${name}`}
        value={role}
        disabled={isPending}
        onChange={(event) => choose(event.target.value)}
      >
        {ROLES.map((one) => (
          <option key={one} value={one}>
            {ROLE_WORDS[one]}
          </option>
        ))}
      </SelectBox>
      <ProblemNote error={error} />
    </span>
  )
}

function Acts({ person: { id, name, active } }: { person: DirectoryPersonView }): ReactNode {
  const [asked, setAsked] = useState<"link" | "off">()
  const off = useDeactivate()
  const on = useReactivate()
  const close = (): void => setAsked(undefined)
  if (!active) {
    return (
      <Button size="small" look="quiet" busy={on.isPending} onClick={() => on.mutate(id)}>
        Let in again
      </Button>
    )
  }
  return (
    <>
      <Button size="small" look="quiet" onClick={() => setAsked("link")}>
        New link…
      </Button>
      <Button size="small" look="quiet" onClick={() => setAsked("off")}>
        Switch off…
      </Button>
      {asked === "link" && <LinkAgainDialog id={id} name={name} onClose={close} />}
      <ActDialog
        open={asked === "off"}
        onClose={close}
        title={`Switch ${name} off`}
        description="Their sessions end at once, and the agents that they own stop until somebody takes them over."
        act="Switch off"
        look="stop"
        busy={off.isPending}
        error={off.error}
        onAct={(reason) => off.mutate({ id, reason }, { onSuccess: close })}
      />
    </>
  )
}
