package hub

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"rentbell/core"
	"rentbell/core/wholefile"
)

const (
	epochFile = "office.epoch" // in the data directory
	maxEpoch  = 4 << 10        // bytes of that file
)

// mark is one file behind the receiver: its events get the epoch's numbers. It stands
// beside the store, outside both the store and JetStream, so that it shows when another
// file has taken the store's place.
type mark struct {
	Epoch string `json:"epoch"`
	Seq   uint64 `json:"seq"`   // an event that desks may have
	Event string `json:"event"` // the hash of its id
}

// epoch is the present one. Where the store does not have the event of the mark, its file
// is another, and a new epoch begins.
func (h *Hub) epoch() (string, error) {
	m, err := readMark(h.cfg.Dir)
	if err != nil {
		return "", err
	}
	same, err := h.fits(m)
	if err != nil {
		return "", fmt.Errorf("compare the store with its epoch: %w", err)
	}
	if same {
		return m.Epoch, nil
	}
	random := make([]byte, 8)
	_, _ = rand.Read(random) // never fails (crypto/rand)
	m = mark{Epoch: hex.EncodeToString(random)}
	return m.Epoch, writeMark(context.Background(), h.cfg.Dir, m)
}

// fits reports whether the store has the event of a mark, or had it.
func (h *Hub) fits(m mark) (bool, error) {
	if m.Epoch == "" || m.Seq == 0 {
		return m.Epoch != "", nil
	}
	s, err := h.cfg.Store.Summary()
	if err != nil || s.LastSeq < m.Seq {
		return false, err
	}
	e, err := h.cfg.Store.Event(m.Seq)
	switch {
	case errors.Is(err, core.ErrNotFound):
		return true, nil // it was deleted for its age
	case err != nil:
		return false, err
	}
	return hashOf(e) == m.Event, nil
}

// keepMark notes the newest event that desks may have.
func (h *Hub) keepMark(ctx context.Context, epoch string, e core.Event) error {
	return writeMark(ctx, h.cfg.Dir, mark{epoch, e.Seq, hashOf(e)})
}

// hashOf keeps AppFolio's ids out of a file that needs none.
func hashOf(e core.Event) string {
	sum := sha256.Sum256([]byte(e.ID))
	return hex.EncodeToString(sum[:16])
}

// readMark reads the file; without one, or with one that cannot be read, the mark is zero.
func readMark(dir string) (m mark, err error) {
	file, err := os.Open(filepath.Join(dir, epochFile))
	if errors.Is(err, os.ErrNotExist) {
		return m, nil
	} else if err != nil {
		return m, fmt.Errorf("open the epoch: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	if json.NewDecoder(io.LimitReader(file, maxEpoch)).Decode(&m) != nil {
		return mark{}, nil
	}
	return m, nil
}

func writeMark(ctx context.Context, dir string, m mark) error {
	err := wholefile.Write(ctx, filepath.Join(dir, epochFile), func(w io.Writer) error { return json.NewEncoder(w).Encode(m) })
	if err != nil {
		return fmt.Errorf("keep the epoch: %w", err)
	}
	return nil
}
