const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether it can be the id of a row at all: PostgreSQL refuses to compare with anything else. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}
