import { type ChoiceStore, type Choices, USUAL_CHOICES } from "@tabard/control"
import { fromJson, inPortions, toJson } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { NotificationChoiceRow } from "../tables/notifications.ts"

/** Keeps how people want to be told in the table `notification_choice`. */
export function choiceStore({ db, organisation }: Scope): ChoiceStore {
  const choices = () =>
    db.selectFrom("notification_choice").selectAll().where("organisation", "=", organisation)
  return {
    async find(user) {
      const row = await choices().where("user", "=", user).executeTakeFirst()
      return row ? fromRow(row) : USUAL_CHOICES
    },

    async findAll(users) {
      const rows = await inPortions(users, (portion) => choices().where("user", "in", portion).execute())
      return new Map(rows.map((row) => [row.user, fromRow(row)]))
    },

    async put(user, { kinds, digestHour }) {
      const chosen = { kinds: toJson(kinds), digest_hour: digestHour }
      await db
        .insertInto("notification_choice")
        .values({ organisation, user, ...chosen })
        .onConflict((conflict) => conflict.columns(["organisation", "user"]).doUpdateSet(chosen))
        .execute()
    },
  }
}

function fromRow({ kinds, digest_hour }: NotificationChoiceRow): Choices {
  return { kinds: fromJson(kinds), digestHour: digest_hour }
}
