package office

import (
	"crypto/rand"
	"fmt"
	"strings"

	"golang.org/x/crypto/scrypt"
)

// Code is what a person reads on the receiver and types at a new desk: 50 random bits in
// Crockford's base32, "7K3M9-QX2TD".
type Code struct{ letters string }

const (
	codeLetters  = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // Crockford's, without I, L, O and U
	codeLength   = 10
	codeHalf     = codeLength / 2
	saltBytes    = 16
	verifierSize = 32

	// The costs of scrypt (RFC 7914) that its authors give for a log-in: a tenth of a
	// second a guess.
	scryptN, scryptR, scryptP = 1 << 15, 8, 1
)

// NewCode makes a code.
func NewCode() Code {
	random := make([]byte, codeLength)
	_, _ = rand.Read(random) // never fails (crypto/rand)
	letters := make([]byte, codeLength)
	for i, b := range random {
		letters[i] = codeLetters[b%byte(len(codeLetters))] // 256 is a multiple of 32: all are alike
	}
	return Code{string(letters)}
}

// ParseCode reads a code as people type it: in small letters, with blanks, and with
// letters that look like the right ones. ErrCode when it is none.
func ParseCode(text string) (Code, error) {
	var letters strings.Builder
	for _, r := range strings.ToUpper(text) {
		switch r {
		case ' ', '-', '\t', '\u2010', '\u2011', '\u2013':
			continue
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		if !strings.ContainsRune(codeLetters, r) || letters.Len() == codeLength {
			return Code{}, fmt.Errorf("%w: it has ten letters and digits", ErrCode)
		}
		letters.WriteRune(r)
	}
	if letters.Len() < codeLength {
		return Code{}, fmt.Errorf("%w: it has ten letters and digits", ErrCode)
	}
	return Code{letters.String()}, nil
}

// String is the code as people read it.
func (c Code) String() string {
	if c.letters == "" {
		return ""
	}
	return c.letters[:codeHalf] + "-" + c.letters[codeHalf:]
}

// Verifier is what a receiver keeps of a code: enough to tell who has it, and too little
// to find it within the minutes for which it counts.
type Verifier struct {
	Salt []byte `json:"salt"`
	Key  []byte `json:"key"` // what both sides prove to have
}

// NewVerifier makes one with a salt of its own. It takes a tenth of a second.
func NewVerifier(c Code) Verifier {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails (crypto/rand)
	return c.Verifier(salt)
}

// Verifier derives what the receiver keeps, for the salt that it tells. It takes a tenth
// of a second.
func (c Code) Verifier(salt []byte) Verifier {
	key, err := scrypt.Key([]byte(c.letters), salt, scryptN, scryptR, scryptP, verifierSize)
	if err != nil {
		panic("derive a key of a code: " + err.Error()) // the costs are constants
	}
	return Verifier{Salt: salt, Key: key}
}

// WrongCode says that a code does not fit. It wraps ErrCode.
type WrongCode struct{ Left int } // tries

func (w *WrongCode) Error() string { return fmt.Sprintf("%v; %d tries left", ErrCode, w.Left) }
func (w *WrongCode) Unwrap() error { return ErrCode }
