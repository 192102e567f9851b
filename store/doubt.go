package store

import (
	"bytes"

	"rentbell/store/salvage"
)

// claim is a record that bears an id.
type claim struct {
	seq uint64
	id  string
}

// rivals are two records with one id. No two events have one, so one of the two is
// damaged, and nothing else shows it. If the first kept the id whatever it is, the
// other would pass for a duplicate, and its payment would be lost.
type rivals struct {
	id            string
	first, second uint64
	byBody        bool // the second's body has the id, and the first's has not
}

// rival notes that a record bears the id of one that was added before.
func (r *rebuilding) rival(id string, body []byte, before, seq uint64) {
	found := rivals{id: id, first: before, second: seq}
	if at := int(before-r.from.gone(bucketEvents)) - 1; at >= 0 && at < len(r.events) { // else it was deleted
		found.first = r.events[at]
		first, err := readEvent(r.tx, before)
		found.byBody = err == nil && bytes.Contains(body, []byte(id)) && !bytes.Contains(first.Body, []byte(id))
	}
	r.rivals = append(r.rivals, found)
}

// settle decides whose an id is, by the index of ids and else by the bodies. The
// other record gets the id that the index has for it. Without one it is left out,
// and counts as lost.
func (f *findings) settle(all []rivals) {
	f.settled = map[claim]string{}
	byID, bySeq := f.indexed(all)
	for _, r := range all {
		loser := r.second
		if at := byID[r.id]; at == r.second || at != r.first && r.byBody {
			loser = r.first
		}
		f.settled[claim{loser, r.id}] = bySeq[loser]
	}
}

// indexed is what the newest index that can be read says of rivals.
func (f *findings) indexed(all []rivals) (byID map[string]uint64, bySeq map[uint64]string) {
	byID, bySeq = map[string]uint64{}, map[uint64]string{}
	for _, r := range all {
		byID[r.id], bySeq[r.first], bySeq[r.second] = 0, "", ""
	}
	for _, tree := range f.file.Trees(string(bucketEvents)) {
		for _, b := range tree.Buckets() {
			if b.Name != string(bucketKnown) && b.Name != string(bucketIDs1) {
				continue
			}
			b.Each(func(e salvage.Entry) bool {
				id, seq := string(e.Key), toNumber(e.Value)
				if b.Name == string(bucketKnown) {
					_, stored := decodeID(e.Value)
					id, seq = string(stored), toNumber(e.Key)
				}
				if known, asked := byID[id]; asked && known == 0 {
					byID[id] = seq
				}
				if known, asked := bySeq[seq]; asked && known == "" {
					bySeq[seq] = id
				}
				return true
			})
		}
	}
	return byID, bySeq
}
