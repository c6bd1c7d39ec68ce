-- Accounts. Nothing else is kept about a person: no address of a computer, no name of a browser beyond coarse words.
CREATE TABLE users (
  id                  uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email               text NOT NULL CHECK (char_length(email) BETWEEN 3 AND 254),
  email_key           text NOT NULL UNIQUE CHECK (char_length(email_key) BETWEEN 3 AND 320), -- folded: two spellings of one address are one
  password_hash       text NOT NULL CHECK (char_length(password_hash) BETWEEN 20 AND 200),
  pepper_version      smallint NOT NULL,
  preferences         jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(preferences) = 'object'),
  created_at          timestamptz NOT NULL DEFAULT now(),
  password_changed_at timestamptz NOT NULL DEFAULT now()
);

-- Who is signed in. A visitor who only reads has no row.
CREATE TABLE sessions (
  sid        text PRIMARY KEY CHECK (char_length(sid) BETWEEN 24 AND 64),
  public_id  uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(), -- what a page may name
  user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  sess       jsonb NOT NULL DEFAULT '{}',
  device     text NOT NULL DEFAULT '' CHECK (char_length(device) <= 120),
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen  timestamptz NOT NULL DEFAULT now(),
  expires    timestamptz NOT NULL
);
CREATE INDEX sessions_user_id ON sessions (user_id);
CREATE INDEX sessions_expires ON sessions (expires);

-- Each is used once. bound_to is a hash of the session that asked for it.
CREATE TABLE captchas (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind       text NOT NULL CHECK (kind IN ('image', 'work', 'question')),
  answer     text NOT NULL CHECK (char_length(answer) <= 500),
  bound_to   text NOT NULL CHECK (char_length(bound_to) <= 100),
  expires_at timestamptz NOT NULL
);
CREATE INDEX captchas_expires_at ON captchas (expires_at);

-- Counters by keyed hash. Unlogged: a crash of the server starts them anew, and each request costs less.
CREATE UNLOGGED TABLE rate_limits (
  key      text PRIMARY KEY CHECK (char_length(key) <= 100),
  hits     integer NOT NULL,
  reset_at timestamptz NOT NULL
);
CREATE INDEX rate_limits_reset_at ON rate_limits (reset_at);
