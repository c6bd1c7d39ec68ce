-- One row that /readyz rewrites now and then: reading alone still works when nothing can be written any more.
CREATE TABLE readiness (
  only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  checked_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO readiness DEFAULT VALUES;
