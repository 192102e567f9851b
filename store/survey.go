package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"github.com/fxamacker/cbor/v2"

	"rentbell/store/salvage"
)

// findings are what a file holds, damaged or not: where its events and
// quarantined deliveries are, and the small buckets whole.
type findings struct {
	file          *salvage.File
	events        spots
	quarantined   spots
	meta          map[string][]byte
	carried       map[string]*kept // the buckets that are carried, see layout.go
	deletedIDs    []deletedID
	states        map[string]*kept // where events were deleted, which no longer tell of them
	concerns      kept             // as they are listed
	concernsWhole bool             // all that are listed were found: what is not there was handled
	newest        uint64           // the last event's number, as far as is known
	damaged       int              // pages of the last commit's tree, and names of its buckets
	listed        int              // trees' buckets of events and of quarantined deliveries
	settled       map[claim]string // the right ids of records that bear another's; "": it is not known
	size          int              // bytes of all that is held here whole
}

// mostKept bounds findings.size, which is far smaller in any file of Rentbell's. What
// is beyond it counts as damage, so that no file fills the memory.
const mostKept = 1 << 30

// kept is a small bucket as it was found.
type kept struct {
	entries  map[string][]byte
	sequence uint64
}

// deletedID is the id of an event that Prune has deleted.
type deletedID struct {
	id  string
	seq uint64
}

// surveyFile looks through a file. core.ErrNewer when a later version wrote it,
// damaged or not; ctx's error once it ends.
func surveyFile(ctx context.Context, f *os.File) (*findings, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("look through store: %w", err)
	}
	found := survey(salvage.New(ctx, f, info.Size()))
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if version := toNumber(found.meta[string(keySchema)]); version > schema && version <= mostSchema {
		return nil, newer(version)
	}
	return found, nil
}

// survey gathers findings. Where the tree of the last commit is whole, that is
// all there is. Where it is not, the commit before and pages without a way to
// them make up for it.
func survey(file *salvage.File) *findings {
	f := &findings{file: file, meta: map[string][]byte{}, carried: map[string]*kept{}, states: map[string]*kept{}}
	trees := file.Trees(string(bucketEvents))
	for i, tree := range trees {
		mended := f.walk(tree, []rank{rankPresent, rankBefore}[i])
		if i == 0 {
			f.damaged = tree.Damaged() + mended
			if tree.Whole() && f.listed == 2 { // a bucket's name may be damaged without showing it
				return f.sorted()
			}
		}
	}
	file.Lost(trees, f.gatherLost)
	return f.sorted()
}

// walk goes through a tree, meta first: it tells what of the other buckets was
// deleted. It mends names of buckets that are damaged, and counts them.
func (f *findings) walk(tree *salvage.Tree, r rank) (mended int) {
	buckets := tree.Buckets()
	names := make([]string, len(buckets))
	for i, b := range buckets {
		names[i] = b.Name
	}
	right := misnamed(names)
	for i, b := range buckets {
		if name, damaged := right[b.Name]; damaged {
			buckets[i].Name = name
		}
	}
	if i := slices.IndexFunc(buckets, func(b salvage.Bucket) bool { return b.Name == string(bucketMeta) }); i > 0 {
		buckets[0], buckets[i] = buckets[i], buckets[0]
	}
	for _, b := range buckets {
		f.bucket(b, r)
	}
	return len(right)
}

func (f *findings) bucket(b salvage.Bucket, r rank) {
	switch b.Name {
	case string(bucketEvents):
		f.listed++
		f.newest = max(f.newest, b.Sequence)
		b.Each(located(&f.events, r, plausibleEvent))
	case string(bucketQuarantine):
		f.listed++
		b.Each(located(&f.quarantined, r, plausibleQuarantined))
	case string(bucketMeta):
		b.Each(f.keep(f.meta))
	case string(bucketKnown):
		b.Each(func(e salvage.Entry) bool {
			_, id := decodeID(e.Value)
			return f.keepDeletedID(id, toNumber(e.Key))
		})
	case string(bucketEarlier1):
		b.Each(anything)
	case string(bucketIDs1):
		b.Each(func(e salvage.Entry) bool { return f.keepDeletedID(e.Key, toNumber(e.Value)) })
	case string(bucketConcerns):
		if r == rankPresent { // of those before, some may have been handled since
			f.concernsWhole = f.concerns.read(b, f)
		}
	case string(bucketWorkOrders), string(bucketLeases), string(bucketTenants):
		if f.gone(bucketEvents) == 0 {
			b.Each(anything) // all of it can be derived
			return
		}
		entry(f.states, b.Name).read(b, f)
	default:
		if partOf([]byte(b.Name)).nature == carried {
			entry(f.carried, b.Name).read(b, f)
			return
		}
		b.Each(anything)
	}
}

// anything is for a bucket that is derived anew: only its pages are looked at.
func anything(salvage.Entry) bool { return true }

// located adds the records of a bucket to a list.
func located(list *spots, r rank, plausible func(salvage.Entry) bool) func(salvage.Entry) bool {
	return func(e salvage.Entry) bool {
		if len(e.Key) != 8 || !plausible(e) {
			return false
		}
		list.add(spot{toNumber(e.Key), r, e.Place})
		return true
	}
}

// entry is the bucket of a name, made where it is not there yet.
func entry(all map[string]*kept, name string) *kept {
	if all[name] == nil {
		all[name] = &kept{}
	}
	return all[name]
}

// read keeps a bucket, and reports whether it is whole.
func (k *kept) read(b salvage.Bucket, f *findings) (whole bool) {
	if k.entries == nil {
		k.entries = map[string][]byte{}
	}
	k.sequence = max(k.sequence, b.Sequence)
	return b.Each(f.keep(k.entries))
}

// keep keeps what no newer tree has given.
func (f *findings) keep(into map[string][]byte) func(salvage.Entry) bool {
	return func(e salvage.Entry) bool {
		if _, known := into[string(e.Key)]; known {
			return true
		}
		f.size += len(e.Key) + len(e.Value)
		if f.size > mostKept {
			return false
		}
		into[string(e.Key)] = bytes.Clone(e.Value)
		return true
	}
}

// keepDeletedID keeps those of deleted events; the others tell their own.
func (f *findings) keepDeletedID(id []byte, seq uint64) (plausible bool) {
	if seq > 0 && seq <= f.gone(bucketEvents) {
		f.deletedIDs = append(f.deletedIDs, deletedID{string(id), seq})
	}
	return true
}

// gatherLost adds an entry of a page that no tree led to, where it is a record.
func (f *findings) gatherLost(e salvage.Entry, live bool) {
	s := spot{toNumber(e.Key), rankLost, e.Place}
	if live {
		s.rank = rankLive
	}
	switch {
	case len(e.Key) != 8:
	case plausibleEvent(e):
		f.events.add(s)
	case plausibleQuarantined(e):
		f.quarantined.add(s)
	}
}

func plausibleEvent(e salvage.Entry) bool {
	event, err := decodeEvent(toNumber(e.Key), e.Value)
	return err == nil && event.ID != "" && event.Type != "" && json.Valid(event.Body)
}

func plausibleQuarantined(e salvage.Entry) bool {
	var q quarantined
	return cbor.Unmarshal(e.Value, &q) == nil && q.Reason != ""
}

// sorted puts records into the order in which they were stored, the more
// trusted first where two have one number, without those that were deleted.
func (f *findings) sorted() *findings {
	f.dropDeleted(bucketEvents, &f.events)
	f.dropDeleted(bucketQuarantine, &f.quarantined)
	slices.SortStableFunc(f.deletedIDs, func(a, b deletedID) int { return cmp.Compare(a.seq, b.seq) })
	f.deletedIDs = slices.CompactFunc(f.deletedIDs, func(a, b deletedID) bool { return a.seq == b.seq }) // an event has one
	f.events.sort()
	f.quarantined.sort()
	f.newest = max(f.newest, f.events.last())
	return f
}

// dropDeleted leaves out what is found only because a deleted record stays on its
// page for a while. What the present tree has was not deleted, whatever the count
// says, which may be on a page that is damaged without showing it.
func (f *findings) dropDeleted(bucket []byte, records *spots) {
	gone := f.gone(bucket)
	for s := range records.all() {
		if s.rank == rankPresent && s.seq <= gone {
			gone = s.seq - 1
			f.meta[string(goneKey(bucket))] = number(gone)
		}
	}
	records.drop(gone)
}

// gone is how many entries were deleted from the front of a dense bucket.
func (f *findings) gone(bucket []byte) uint64 { return toNumber(f.meta[string(goneKey(bucket))]) }

// missing is how many events there must have been besides those that are there
// and those that were deleted.
func (f *findings) missing(there int) int {
	return max(0, int(f.newest)-int(f.gone(bucketEvents))-there)
}
