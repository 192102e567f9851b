package core

import (
	"crypto/rand"
	"strings"
)

// StatementAccount is the made-up bank account whose statements are exported. Accounting
// programs tell a payment that they have already by this account and the payment's id.
type StatementAccount struct {
	Bank   string `json:"bank"`   // nine digits
	Number string `json:"number"` // twelve digits
}

const (
	bankDigits   = 9
	numberDigits = 12
)

// NewStatementAccount makes an account that no other Rentbell has.
func NewStatementAccount() StatementAccount {
	// Routing numbers of American banks do not begin with 99.
	return StatementAccount{Bank: "99" + randomDigits(bankDigits-2), Number: randomDigits(numberDigits)}
}

func randomDigits(count int) string {
	var digits []byte
	for len(digits) < count {
		var b [1]byte
		_, _ = rand.Read(b[:]) // never fails (crypto/rand)
		if b[0] < 250 {        // the others would make some digits more likely
			digits = append(digits, '0'+b[0]%10)
		}
	}
	return string(digits)
}

// Valid reports whether the account is one that NewStatementAccount may have made. The
// zero account is not.
func (a StatementAccount) Valid() bool {
	return isDigits(a.Bank, bankDigits) && isDigits(a.Number, numberDigits)
}

func isDigits(text string, count int) bool {
	return len(text) == count && strings.Trim(text, "0123456789") == ""
}
