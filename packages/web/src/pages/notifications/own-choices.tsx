import type { NotificationChoicesView } from "@tabard/api"
import type { HowTold, NotificationKind } from "@tabard/core"
import { type ReactNode, type SubmitEvent, useId, useState } from "react"
import { Button } from "../../components/button.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { SelectField } from "../../components/field.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Frame } from "../../components/page.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { SelectBox } from "../../components/select-box.tsx"
import { useNotificationChoices, usePutNotificationChoices } from "../../data/notifications-query.ts"
import { keysOf, oneOf } from "../../shell/read-address.ts"
import { HOW_WORDS, NOTIFICATION_HINTS, NOTIFICATION_WORDS } from "../../words/notification-words.ts"
import { hourWords } from "./hour-words.ts"

/** What one is told of, and how. */
export function OwnChoices(): ReactNode {
  return (
    <Loaded
      reading={readingOf(useNotificationChoices())}
      what="Your choices"
      loading={<SkeletonLines lines={8} />}
      isEmpty={() => false}
      empty={null}
      partial={() => null}
    >
      {(kept) => <ChoicesForm kept={kept} />}
    </Loaded>
  )
}

type Drafted = Readonly<Partial<Record<NotificationKind, HowTold>>>

function ChoicesForm({ kept }: { kept: NotificationChoicesView }): ReactNode {
  const [drafted, setDrafted] = useState<Drafted>({})
  const [hour, setHour] = useState<number>()
  const { mutate, isPending, isSuccess, error } = usePutNotificationChoices()
  const rows = kept.kinds.map((one) => ({ ...one, how: drafted[one.kind] ?? one.how }))
  const digestHour = hour ?? kept.digestHour
  const isChanged =
    digestHour !== kept.digestHour || rows.some(({ how }, place) => how !== kept.kinds[place]?.how)
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const chosen = rows.filter(({ how, usually }) => how !== usually)
    const kinds = Object.fromEntries(chosen.map(({ kind, how }) => [kind, how]))
    mutate({ digestHour, kinds })
  }
  return (
    <form onSubmit={submit} className="max-w-3xl space-y-4">
      <Where email={kept.email} />
      <Frame>
        <ul aria-label="What you are told of">
          {rows.map(({ kind, how, usually }) => (
            <li key={kind} className="border-b last:border-b-0">
              <Choice
                kind={kind}
                how={how}
                usually={usually}
                onHow={(chosen) => setDrafted({ ...drafted, [kind]: chosen })}
              />
            </li>
          ))}
        </ul>
      </Frame>
      {kept.email !== null && <DigestHour hour={digestHour} onHour={setHour} />}
      <ProblemNote error={error} />
      <div className="flex items-center gap-3">
        <Button type="submit" look="primary" busy={isPending} disabled={!isChanged}>
          Keep these choices
        </Button>
        <p role="status" className="text-small text-faint empty:hidden">
          {isSuccess && !isChanged ? "Kept." : ""}
        </p>
      </div>
    </form>
  )
}

function DigestHour({ hour, onHour }: { hour: number; onHour: (hour: number) => void }): ReactNode {
  return (
    <div className="max-w-60">
      <SelectField
        label="The day’s mail goes out at"
        hint="Only if there is something to say."
        value={String(hour)}
        onChange={(event) => onHour(Number(event.target.value))}
      >
        {Array.from({ length: 24 }, (_, one) => (
          <option key={one} value={one}>
            {hourWords(one)}
          </option>
        ))}
      </SelectField>
    </div>
  )
}

function Where({ email }: { email: string | null }): ReactNode {
  return (
    <p className="max-w-prose text-pretty text-soft">
      {email === null ? (
        <>
          This installation sends no mail: what you are told stands behind the bell. What you choose here
          holds for mail as soon as an operator sets it up.
        </>
      ) : (
        <>
          Everything that you are told stands behind the bell. Mail goes to <Said text={email} />. No mail can
          be answered: what you agree to, you see here first.
        </>
      )}
    </p>
  )
}

function Choice(props: {
  kind: NotificationKind
  how: HowTold
  usually: HowTold
  onHow: (how: HowTold) => void
}): ReactNode {
  const id = useId()
  const hint = NOTIFICATION_HINTS[props.kind]
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-1.5 px-3 py-2">
      <label htmlFor={id} className="min-w-48 flex-1">
        <span className="block font-medium">{NOTIFICATION_WORDS[props.kind]}</span>
        {hint && <span className="block text-small text-pretty text-faint">{hint}</span>}
      </label>
      <SelectBox
        id={id}
        value={props.how}
        className="w-48 max-md:w-full"
        onChange={(event) => props.onHow(oneOf(HOW_WORDS)(event.target.value) ?? props.how)}
      >
        {keysOf(HOW_WORDS).map((how) => (
          <option key={how} value={how}>
            {HOW_WORDS[how]}
            {how === props.usually ? " (usual)" : ""}
          </option>
        ))}
      </SelectBox>
    </div>
  )
}
