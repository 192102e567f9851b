package sharing

import (
	"bytes"
	"encoding/base64"
	"strconv"
	"strings"
)

// Which events were handled is shared by blocks of their numbers, which are the same in the
// whole office: thousands may be handled at once. What was handled anywhere is handled. The
// receiver empties the blocks of events that it has deleted.
const perBlock = 1024

// eventBlock says which events of a block were handled.
type eventBlock struct {
	number uint64 // its events are those from number*perBlock on
	bits   []byte // the first event's is the lowest of the first byte
}

var bits64 = base64.RawStdEncoding

func (b eventBlock) key() string { return inEvents + strconv.FormatUint(b.number, 10) }

// spell writes the bits; of a block without any it is empty.
func (b eventBlock) spell() string { return bits64.EncodeToString(bytes.TrimRight(b.bits, "\x00")) }

func readBlock(rest, text string) (b eventBlock, ok bool) {
	const most = 1 << 50 // far beyond any event
	number, err := strconv.ParseUint(rest, 10, 64)
	if err != nil || number > most || strconv.FormatUint(number, 10) != rest || len(text) > bits64.EncodedLen(perBlock/8) {
		return b, false
	}
	bits, err := bits64.DecodeString(text)
	return eventBlock{number, bits}, err == nil
}

// events are the numbers of those that were handled.
func (b eventBlock) events() (all []uint64) {
	for i := range uint64(len(b.bits) * 8) {
		if b.bits[i/8]>>(i%8)&1 == 1 {
			all = append(all, b.number*perBlock+i)
		}
	}
	return all
}

// spelledBlocks are the blocks of events, by their keys.
func spelledBlocks(events []uint64) map[string]string {
	blocks := map[uint64]eventBlock{}
	for _, e := range events {
		b, begun := blocks[e/perBlock]
		if !begun {
			b = eventBlock{e / perBlock, make([]byte, perBlock/8)}
			blocks[b.number] = b
		}
		b.bits[e%perBlock/8] |= 1 << (e % 8)
	}
	all := map[string]string{}
	for _, b := range blocks {
		all[b.key()] = b.spell()
	}
	return all
}

// together is a block with what two say.
func together(key, mine, theirs string) string {
	rest := strings.TrimPrefix(key, inEvents)
	a, _ := readBlock(rest, mine)   // both are spelled here,
	b, _ := readBlock(rest, theirs) // so that they can be read
	if len(a.bits) < len(b.bits) {
		a, b = b, a
	}
	for i := range b.bits {
		a.bits[i] |= b.bits[i]
	}
	return a.spell()
}

// deletedBlock reports whether all events of a block have gone, where those up to a number have.
func deletedBlock(key string, upTo uint64) bool {
	b, ok := readBlock(strings.TrimPrefix(key, inEvents), "")
	return ok && (b.number+1)*perBlock <= upTo+1
}
