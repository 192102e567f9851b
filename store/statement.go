package store

import (
	"go.etcd.io/bbolt"

	"rentbell/core"
)

// StatementAccount returns the account that was made. One that is damaged, or was
// planted in a backup, counts as none. See core.Memo.
func (db *DB) StatementAccount() (a core.StatementAccount, err error) {
	err = db.view(func(tx *bbolt.Tx) error {
		a = statementAccountIn(tx)
		return nil
	})
	return a, err
}

// MakeStatementAccount looks and makes in one transaction, so that there is never a
// second account. See core.Memo.
func (db *DB) MakeStatementAccount() (a core.StatementAccount, err error) {
	err = db.update(func(tx *bbolt.Tx) error {
		if a = statementAccountIn(tx); a.Valid() {
			return nil
		}
		a = core.NewStatementAccount()
		return rememberIn(tx, memoStatement, a)
	})
	return a, err
}

func statementAccountIn(tx *bbolt.Tx) (a core.StatementAccount) {
	if err := recallIn(tx, memoStatement, &a); err != nil || !a.Valid() {
		return core.StatementAccount{}
	}
	return a
}
