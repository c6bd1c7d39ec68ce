-- What a person keeps: custom sizes, and presets made of them and of catalogue specs. Both can be brought back for a while
-- after they were deleted. made_by is the random number of the form that made the row: a form sent twice makes one.
-- version counts the changes: a save names the version it was made from, so that nothing is overwritten unseen.
CREATE TABLE custom_sizes (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  made_by    uuid NOT NULL,
  name       text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
  name_key   text NOT NULL CHECK (char_length(name_key) BETWEEN 1 AND 240), -- folded: "Shop" and "shop" are one name
  content    jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object' AND pg_column_size(content) <= 4096),
  version    integer NOT NULL DEFAULT 1 CHECK (version >= 1),
  created_at timestamptz NOT NULL DEFAULT now(),
  changed_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  UNIQUE (user_id, made_by)
);
CREATE UNIQUE INDEX custom_sizes_name ON custom_sizes (user_id, name_key) WHERE deleted_at IS NULL;
CREATE INDEX custom_sizes_deleted_at ON custom_sizes (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE presets (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  made_by    uuid NOT NULL,
  name       text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
  name_key   text NOT NULL CHECK (char_length(name_key) BETWEEN 1 AND 240),
  content    jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object' AND pg_column_size(content) <= 65536), -- items, fit and settings
  version    integer NOT NULL DEFAULT 1 CHECK (version >= 1),
  created_at timestamptz NOT NULL DEFAULT now(),
  changed_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  UNIQUE (user_id, made_by)
);
CREATE UNIQUE INDEX presets_name ON presets (user_id, name_key) WHERE deleted_at IS NULL;
CREATE INDEX presets_deleted_at ON presets (deleted_at) WHERE deleted_at IS NOT NULL;

-- Of two browsers, the one that changed the preferences last counts. Null: never saved.
ALTER TABLE users ADD COLUMN preferences_changed_at timestamptz;
-- Those that were saved before it was noted when: a browser that meets the account must not take it for one that has none.
UPDATE users SET preferences_changed_at = now() WHERE preferences <> '{}';
