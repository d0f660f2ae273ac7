import type { Told } from "./told.ts"

/** The largest text that one part of a message may hold. */
const MOST_TEXT = 2900

/**
 * Answers a notification as Slack's incoming webhooks take it. What people and agents are called stands in plain text, where
 * no markup is read; in the line for those who see no blocks it is escaped, so that no name can call a channel together.
 */
export function slackMessage({ title, detail }: Pick<Told, "title" | "detail">, url: string): object {
  const text = detail === null ? title : `${title}\n${detail}`
  return {
    text: escapeMrkdwn(text).slice(0, MOST_TEXT),
    blocks: [
      { type: "section", text: { type: "plain_text", text: text.slice(0, MOST_TEXT), emoji: false } },
      { type: "context", elements: [{ type: "mrkdwn", text: `<${url}|Open in Tabard>` }] },
    ],
    unfurl_links: false,
    unfurl_media: false,
  }
}

/** Takes the meaning from the three characters by which Slack's markup begins (`&`, `<`, `>`). */
function escapeMrkdwn(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
}
