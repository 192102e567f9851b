package explain

import (
	"errors"

	"rentbell/core"
)

// ErrKeychain marks an error of a password store that is there and refused,
// which says it in words of its own. What it was to keep counts until Rentbell
// is closed.
var ErrKeychain = errors.New("keychain refused")

// vaults are the troubles with keeping secrets.
var vaults = []row{
	{core.ErrLocked, Words{
		"Your keys are locked",
		"They are in a file that only your passphrase opens.",
		"Unlock them with your passphrase.",
	}},
	{core.ErrPassphrase, Words{
		"This is not the passphrase",
		"It does not open the file with your keys.",
		"Type it again. Capital and small letters count.",
	}},
	{core.ErrBadSecret, Words{
		"This is not a key alone",
		"There is a blank or a control character in it.",
		"Copy the key alone, and paste it again.",
	}},
	{core.ErrTooLong, Words{
		"This is longer than a key",
		"Your password store has no room for it.",
		"Copy the key alone, and paste it again.",
	}},
	{core.ErrKeychainSlow, Words{
		"Your password store has not answered yet",
		"Rentbell goes on when it does.",
		"",
	}},
	{core.ErrKeychainLocked, Words{
		"Your password store is locked",
		"It holds your keys, so AppFolio cannot deliver.",
		"Unlock it, and Rentbell goes on by itself.",
	}},
	{core.ErrForThisRun, Words{
		"Keys are kept in memory only",
		"You chose that, because your password store is locked.",
		"Unlock it, or paste them again after a restart.",
	}},
	{core.ErrVaultDamaged, Words{
		"The file with your keys is damaged",
		"Rentbell left it as it is and could not read it.",
		"Bring it back from a backup, or move it away and paste the keys again.",
	}},
	{core.ErrNoVault, Words{
		"Keys are kept in memory only",
		"This computer has no password store that answers.",
		"Choose a passphrase for them, or paste them again after a restart.",
	}},
	{ErrKeychain, Words{
		"Your password store did not take it",
		"It may be locked. Until Rentbell is closed, what you typed counts all the same.",
		"Unlock it and save again.",
	}},
}

// keychainAsks is said of a password store that did not answer in time: it waits
// for its user meanwhile.
var keychainAsks = Words{
	"Your password store asks for its password",
	"Until you type it, AppFolio cannot deliver.",
	"Then Rentbell goes on by itself.",
}
