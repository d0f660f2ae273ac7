import type { SessionView } from "@tabard/api"
import { useMutation } from "@tanstack/react-query"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useClient } from "../../data/client-context.ts"
import { introduce } from "./sign-in-flow.ts"

/** Asks the first administrator who they are: from here on every act has a name. */
export function IntroduceForm(props: {
  code: string
  onSignedIn: (session: SessionView) => void
}): ReactNode {
  const client = useClient()
  const [name, setName] = useState("")
  const [email, setEmail] = useState("")
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => introduce(client, props.code, { name, email }),
    onSuccess: props.onSignedIn,
  })
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    mutate()
  }
  return (
    <form onSubmit={submit} className="space-y-4">
      <header>
        <h1 className="text-title font-semibold tracking-tight">You are the first administrator</h1>
        <p className="mt-1 text-soft">Everything you do here is recorded under your name.</p>
      </header>
      <TextField
        label="Name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        required
        maxLength={200}
        autoComplete="name"
        autoFocus
      />
      <TextField
        label="Email"
        type="email"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        required
        maxLength={254}
        autoComplete="email"
      />
      <ProblemNote error={error} />
      <Button type="submit" look="primary" size="large" busy={isPending} className="w-full">
        Sign in as the first administrator
      </Button>
    </form>
  )
}
