package store

import (
	"rentbell/core"
)

// Shared returns what was saved. See core.SharedMemo.
func (db *DB) Shared() (map[string]string, error) {
	return decisions(db, bucketShared, func(key, value string) (string, string, bool) { return key, value, value != "" })
}

// SaveShared leaves all others as they are. See core.SharedMemo.
func (db *DB) SaveShared(some map[string]string) error {
	return decide(db, bucketShared, some, func(value string) (string, bool) { return value, value != "" })
}

// Unshared returns what was saved. See core.SharedMemo.
func (db *DB) Unshared() (u core.Unshared, err error) { return u, db.recall(memoUnshared, &u) }

// SaveUnshared replaces it. See core.SharedMemo.
func (db *DB) SaveUnshared(u core.Unshared) error { return db.remember(memoUnshared, u) }

// SaveStatementAccount replaces it. See core.SharedMemo.
func (db *DB) SaveStatementAccount(a core.StatementAccount) error {
	return db.remember(memoStatement, a)
}
