package desk

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/nats-io/nkeys"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/core/wholefile"
)

// Seat is what a desk keeps of the office that it has joined. None of it is secret.
type Seat struct {
	Address  string            `json:"address"` // of the receiver, HOST:PORT
	Pin      [sha256.Size]byte `json:"pin"`
	Name     string            `json:"name"`               // of this desk
	Receiver string            `json:"receiver,omitempty"` // what the receiver is called, as far as is known
	Epoch    string            `json:"epoch"`              // which file of the receiver's the events here are of; empty: none yet
	Filled   bool              `json:"filled"`             // the events here are the office's, or were of an earlier epoch
}

const (
	// SeatFile is the seat's, in the data directory. Backups leave it out.
	SeatFile = "desk.json"

	maxSeat = 4 << 10 // bytes
)

// ReadSeat reads the seat of a data directory; office.ErrNotJoined when it has none.
func ReadSeat(dir string) (s Seat, err error) {
	file, err := os.Open(filepath.Join(dir, SeatFile))
	switch {
	case errors.Is(err, os.ErrNotExist):
		return s, office.ErrNotJoined
	case err != nil:
		return s, fmt.Errorf("open this desk's seat: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	if err := json.NewDecoder(io.LimitReader(file, maxSeat)).Decode(&s); err != nil {
		return Seat{}, fmt.Errorf("read this desk's seat: %w: %w", core.ErrDamaged, err)
	}
	return s, nil
}

// WriteSeat keeps the seat, for its owner alone to read.
func WriteSeat(ctx context.Context, dir string, s Seat) error {
	err := wholefile.Write(ctx, filepath.Join(dir, SeatFile), func(w io.Writer) error { return json.NewEncoder(w).Encode(s) })
	if err != nil {
		return fmt.Errorf("keep this desk's seat: %w", err)
	}
	return nil
}

// NewKey makes a desk's private key, as its owner keeps it.
func NewKey() (core.Secret, error) {
	pair, err := nkeys.CreateUser()
	if err != nil {
		return core.Secret{}, fmt.Errorf("make this desk's key: %w", err)
	}
	seed, err := pair.Seed()
	if err != nil {
		return core.Secret{}, fmt.Errorf("write this desk's key: %w", err)
	}
	return core.KeptSecret(string(seed)), nil
}

// KeyOf reads what NewKey made.
func KeyOf(seed core.Secret) (nkeys.KeyPair, error) {
	pair, err := nkeys.FromSeed([]byte(seed.Reveal()))
	if err != nil {
		return nil, errors.New("read this desk's key: it is none") // the reason could repeat it
	}
	return pair, nil
}
