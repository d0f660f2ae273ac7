import type { SigningKeyView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { ActDialog } from "../../components/act-dialog.tsx"
import { Button } from "../../components/button.tsx"
import { Copyable } from "../../components/copyable.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { useRotateSigningKey, useSigningKeys } from "../../data/issuer-query.ts"

/** The keys by which agents' tokens verify, and the way to have another one sign. */
export function SigningKeys({ mayRotate }: { mayRotate: boolean }): ReactNode {
  const [rotating, setRotating] = useState(false)
  return (
    <Section
      title="Keys that sign tokens"
      className="max-w-3xl"
      beside={mayRotate && <Button onClick={() => setRotating(true)}>Have another key sign…</Button>}
    >
      <Frame>
        <Loaded
          reading={readingOf(useSigningKeys())}
          what="The signing keys"
          loading={<SkeletonLines lines={2} />}
          isEmpty={({ keys }) => keys.length === 0}
          empty={
            <EmptyFace title="No key signs tokens">The first one is made with the first token.</EmptyFace>
          }
          partial={() => null}
        >
          {({ keys }) => (
            <ul aria-label="Keys that sign tokens">
              {keys.map((key) => (
                <li
                  key={key.id}
                  className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b px-3 py-2.5 last:border-b-0"
                >
                  <span className="min-w-0">
                    <span className="mr-3 font-medium">{STATES[key.state]}</span>
                    <span className="mr-3 text-small text-soft">{key.algorithm}</span>
                    <Copyable text={key.id} what="the key’s id" />
                  </span>
                  <span className="text-small text-faint">
                    <KeyAge signingKey={key} />
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </Frame>
      {rotating && <RotateSigningKeyDialog onClose={() => setRotating(false)} />}
    </Section>
  )
}

const STATES: Readonly<Record<SigningKeyView["state"], string>> = {
  signing: "Signs",
  next: "Signs next",
  published: "Signs no more",
}

function KeyAge({ signingKey: { madeAt, endedAt } }: { signingKey: SigningKeyView }): ReactNode {
  return (
    <>
      made <Moment at={madeAt} />
      {endedAt && (
        <>
          , signed until <Moment at={endedAt} />
        </>
      )}
    </>
  )
}

function RotateSigningKeyDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { mutate, isPending, error } = useRotateSigningKey()
  return (
    <ActDialog
      open
      onClose={onClose}
      title="Have other keys sign tokens and signals?"
      description="The next keys are published within moments and sign five minutes later, when whoever verifies knows them. What is signed stays good, and the present keys are published for as long as it is."
      act="Have another key sign"
      look="primary"
      busy={isPending}
      error={error}
      onAct={(reason) => mutate(reason, { onSuccess: onClose })}
    />
  )
}
