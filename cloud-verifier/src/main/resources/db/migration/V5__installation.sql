-- What all processes of an installation share and nobody configures.
CREATE TABLE installation (
  name ${key} NOT NULL PRIMARY KEY,
  content ${key} NOT NULL
);
