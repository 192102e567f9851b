package office

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"rentbell/core"
	"rentbell/core/wholefile"
)

const (
	// FileName is the roster's, in the receiver's data directory. Backups leave it out.
	FileName = "office.json"

	inviteLife  = 10 * time.Minute
	inviteTries = 5
	mostDesks   = 100
	maxRoster   = 1 << 20 // bytes; a hundred desks take 30,000
	longestName = 60      // characters
)

// Desk is a window or a program that follows the receiver.
type Desk struct {
	Name     string    `json:"name"`
	Key      string    `json:"key"`       // its public nkey
	LastSeen time.Time `json:"last_seen"` // UTC; zero: never
	Seq      uint64    `json:"seq"`       // up to this event it has everything, as far as is known
	Revoked  bool      `json:"revoked"`
	Manager  bool      `json:"manager"` // may change what counts for the whole office
}

// Manages reports whether the desk may change what counts for the whole office.
func (d Desk) Manages() bool { return d.Manager && !d.Revoked }

// invite is the code in force.
type invite struct {
	Verifier
	Until time.Time `json:"until"` // UTC
	Left  int       `json:"left"`  // tries
}

// Roster is the receiver's list of desks, in a file beside the store. Its methods may be
// called from any goroutine.
type Roster struct {
	path string

	mu   sync.Mutex
	kept kept
}

// kept is the file.
type kept struct {
	Desks  []Desk  `json:"desks"`
	Invite *invite `json:"invite,omitempty"`
}

// OpenRoster reads the list of a data directory. Without a file it is empty.
func OpenRoster(dir string) (*Roster, error) {
	r := &Roster{path: filepath.Join(dir, FileName)}
	file, err := os.Open(r.path)
	if errors.Is(err, os.ErrNotExist) {
		return r, nil
	} else if err != nil {
		return nil, fmt.Errorf("open the list of desks: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	if err := json.NewDecoder(io.LimitReader(file, maxRoster)).Decode(&r.kept); err != nil {
		return nil, fmt.Errorf("read the list of desks: %w: %w", core.ErrDamaged, err)
	}
	return r, nil
}

// Invite makes a code that one desk can join with, within ten minutes. It ends the code
// before it. It takes a tenth of a second.
func (r *Roster) Invite(ctx context.Context, now time.Time) (Code, error) {
	code := NewCode()
	v := NewVerifier(code)
	return code, r.change(ctx, func(k *kept) error {
		k.Invite = &invite{v, now.Add(inviteLife).UTC(), inviteTries}
		return nil
	})
}

// EndInvite ends the code in force.
func (r *Roster) EndInvite(ctx context.Context) error {
	return r.change(ctx, func(k *kept) error {
		if k.Invite == nil {
			return errSame
		}
		k.Invite = nil
		return nil
	})
}

// Salt is what a desk that has a code needs to prove it; ErrCodeUsed when none is in
// force.
func (r *Roster) Salt(now time.Time) ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.kept.Invite.holds(now) {
		return nil, ErrCodeUsed
	}
	return r.kept.Invite.Salt, nil
}

func (i *invite) holds(now time.Time) bool { return i != nil && i.Left > 0 && now.Before(i.Until) }

// Admit takes a desk in whose proof of the code is right, and uses the code up. proven is
// asked about the verifier of the code in force. name is what the desk would be called;
// where another has that name, it gets a number. ErrCode counts as a try, and left says
// how many there still are; ErrCodeUsed: no code is in force.
func (r *Roster) Admit(ctx context.Context, now time.Time, d Desk, proven func(Verifier) bool) (admitted Desk, left int, err error) {
	refused := error(nil)
	err = r.change(ctx, func(k *kept) error {
		switch {
		case !k.Invite.holds(now):
			refused = ErrCodeUsed
			return errSame
		case !proven(k.Invite.Verifier):
			k.Invite.Left--
			left, refused = k.Invite.Left, ErrCode
			return nil
		}
		k.Invite = nil
		admitted, err = k.admit(d)
		return err
	})
	return admitted, left, cmp.Or(err, refused)
}

// admit adds a desk. A desk that was removed makes room where there is none.
func (k *kept) admit(d Desk) (Desk, error) {
	k.Desks = slices.DeleteFunc(k.Desks, func(old Desk) bool { return old.Key == d.Key })
	for len(k.Desks) >= mostDesks {
		i := slices.IndexFunc(k.Desks, func(old Desk) bool { return old.Revoked })
		if i < 0 {
			return Desk{}, fmt.Errorf("admit a desk: there are %d already", len(k.Desks))
		}
		k.Desks = slices.Delete(k.Desks, i, i+1)
	}
	d.Name = k.free(deskName(d.Name))
	d.Manager = !slices.ContainsFunc(k.Desks, Desk.Manages) // the first is the manager's own
	k.Desks = append(k.Desks, d)
	return d, nil
}

// free is a name that no other desk has: "Front desk 2" where "Front desk" is taken.
func (k *kept) free(name string) string {
	taken := func(name string) bool {
		return slices.ContainsFunc(k.Desks, func(d Desk) bool { return d.Name == name && !d.Revoked })
	}
	numbered := name
	for n := 2; taken(numbered); n++ {
		numbered = name + " " + strconv.Itoa(n)
	}
	return numbered
}

// deskName is a name as it is kept: one line, bounded, never empty.
func deskName(name string) string {
	letters := []rune(core.OneLine(name))
	return cmp.Or(core.OneLine(string(letters[:min(len(letters), longestName)])), "Desk")
}

// Revoke removes a desk. It stays on the list, so that it is told that it was removed.
// ErrNoDesk when none has the name.
func (r *Roster) Revoke(ctx context.Context, name string) (Desk, error) {
	return r.edit(ctx, name, func(d *Desk) { d.Revoked = true })
}

// Leave takes the desk with a key off the list. ErrNoDesk when none has it.
func (r *Roster) Leave(ctx context.Context, key string) error {
	return r.change(ctx, func(k *kept) error {
		left := slices.DeleteFunc(k.Desks, func(d Desk) bool { return d.Key == key })
		if len(left) == len(k.Desks) {
			return ErrNoDesk
		}
		k.Desks = left
		return nil
	})
}

// SetRole says whether a desk is a manager's. ErrNoDesk when none has the name.
func (r *Roster) SetRole(ctx context.Context, name string, manager bool) error {
	_, err := r.edit(ctx, name, func(d *Desk) { d.Manager = manager })
	return err
}

// edit changes the desk of a name.
func (r *Roster) edit(ctx context.Context, name string, change func(*Desk)) (changed Desk, err error) {
	err = r.change(ctx, func(k *kept) error {
		i := slices.IndexFunc(k.Desks, func(d Desk) bool { return d.Name == name && !d.Revoked })
		if i < 0 {
			return ErrNoDesk
		}
		change(&k.Desks[i])
		changed = k.Desks[i]
		return nil
	})
	return changed, err
}

// Invited is until when the code in force counts, in UTC; zero when none is in force.
func (r *Roster) Invited(now time.Time) time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.kept.Invite.holds(now) {
		return time.Time{}
	}
	return r.kept.Invite.Until
}

// See notes when a desk was there, and how far it has come. Desks that are not on the
// list are passed over.
func (r *Roster) See(ctx context.Context, seen map[string]Seen) error {
	return r.change(ctx, func(k *kept) error {
		changed := false
		for i, d := range k.Desks {
			s, there := seen[d.Key]
			if !there || d.Revoked || s.At.Equal(d.LastSeen) && s.Seq <= d.Seq {
				continue
			}
			k.Desks[i].LastSeen, k.Desks[i].Seq = s.At.UTC(), max(s.Seq, d.Seq)
			changed = true
		}
		if !changed {
			return errSame
		}
		return nil
	})
}

// Seen is a desk at a moment.
type Seen struct {
	At  time.Time
	Seq uint64
}

// Desks lists all that ever joined and have not left by themselves, in the order of joining.
func (r *Roster) Desks() []Desk {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.kept.Desks)
}

// errSame ends a change that changes nothing.
var errSame = errors.New("nothing to change")

// change edits the list and writes it to the disk, whole or not at all.
func (r *Roster) change(ctx context.Context, edit func(*kept) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	next := kept{Desks: slices.Clone(r.kept.Desks)}
	if r.kept.Invite != nil {
		i := *r.kept.Invite
		next.Invite = &i
	}
	if err := edit(&next); errors.Is(err, errSame) {
		return nil
	} else if err != nil {
		return err
	}
	err := wholefile.Write(ctx, r.path, func(w io.Writer) error { return json.NewEncoder(w).Encode(next) })
	if err != nil {
		return fmt.Errorf("write the list of desks: %w", err)
	}
	r.kept = next
	return nil
}
