package beacon

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"rentbell/core"
)

// told is what a receiver's packet holds.
type told struct {
	instance, target, host string
	ip                     [4]byte
	port                   uint16
	isQuestion             bool
}

func (o told) pack(t testing.TB) []byte {
	t.Helper()
	record := func(name string, body dnsmessage.ResourceBody) dnsmessage.Resource {
		return dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: dnsmessage.MustNewName(name), Class: dnsmessage.ClassINET}, Body: body}
	}
	m := dnsmessage.Message{Header: dnsmessage.Header{Response: !o.isQuestion}, Answers: []dnsmessage.Resource{
		record(o.instance, &dnsmessage.SRVResource{Port: o.port, Target: dnsmessage.MustNewName(o.target)}),
		record(o.host, &dnsmessage.AResource{A: o.ip}),
	}}
	packet, err := m.Pack()
	if err != nil {
		t.Fatal(err)
	}
	return packet
}

func TestOnlyWhatAnOfficeAnswersIsRead(t *testing.T) {
	const of = "._rentbell-office._tcp.local."
	good := told{instance: "front-desk" + of, target: "pc.local.", host: "pc.local.", ip: [4]byte{192, 168, 1, 20}, port: 4443}
	if found := read(good.pack(t)); !slices.Equal(found, []core.OfficeFound{{Name: "front-desk", Address: "192.168.1.20:4443"}}) {
		t.Errorf("got %v", found)
	}
	for what, spoil := range map[string]func(*told){
		"another service":     func(o *told) { o.instance = "printer._ipp._tcp.local." },
		"the service itself":  func(o *told) { o.instance = of[1:] },
		"two lines":           func(o *told) { o.instance = "front\ndesk" + of },
		"turned writing":      func(o *told) { o.instance = "front\u202edesk" + of },
		"labels":              func(o *told) { o.instance = "front.desk" + of },
		"another's address":   func(o *told) { o.host = "other.local." },
		"this computer":       func(o *told) { o.ip = [4]byte{127, 0, 0, 1} },
		"everybody":           func(o *told) { o.ip = [4]byte{255, 255, 255, 255} },
		"a group":             func(o *told) { o.ip = [4]byte{224, 0, 0, 251} },
		"the internet":        func(o *told) { o.ip = [4]byte{203, 0, 113, 5} },
		"no port":             func(o *told) { o.port = 0 },
		"the name of another": func(o *told) { o.instance = "front-desk" + of + "evil." },
		"a question":          func(o *told) { o.isQuestion = true },
	} {
		o := good
		spoil(&o)
		if found := read(o.pack(t)); len(found) > 0 {
			t.Errorf("%s is taken for an office: %v", what, found)
		}
	}
}

var frontDesk = receiver{"front-desk", netip.MustParseAddrPort("192.168.1.20:4443")}

// ask packs questions.
func ask(t testing.TB, questions ...dnsmessage.Question) []byte {
	t.Helper()
	m := dnsmessage.Message{Header: dnsmessage.Header{ID: 7}, Questions: questions}
	packet, err := m.Pack()
	if err != nil {
		t.Fatal(err)
	}
	return packet
}

func about(name string, kind dnsmessage.Type) dnsmessage.Question {
	return dnsmessage.Question{Name: dnsmessage.MustNewName(name), Type: kind, Class: dnsmessage.ClassINET}
}

func TestAReceiverAnswersWhatIsAskedOfIt(t *testing.T) {
	for _, q := range []dnsmessage.Question{
		about(service, dnsmessage.TypePTR), about("_RENTBELL-Office._tcp.LOCAL.", dnsmessage.TypeALL),
		about("front-desk."+service, dnsmessage.TypeSRV), about("front-desk.local.", dnsmessage.TypeA),
	} {
		packet, asked := frontDesk.reply(ask(t, about("printer.local.", dnsmessage.TypeA), q), 40000)
		var m dnsmessage.Message
		if err := m.Unpack(packet); !asked || err != nil {
			t.Fatalf("%v: %v, %v", q, asked, err)
		}
		if m.ID != 7 || len(m.Questions) != 1 || m.Questions[0] != q || len(m.Answers) != 4 {
			t.Errorf("%v: it answers %v", q, m)
		}
		if found := read(packet); !slices.Equal(found, []core.OfficeFound{{Name: "front-desk", Address: "192.168.1.20:4443"}}) {
			t.Errorf("%v: a desk reads %v", q, found)
		}
	}
	packet, _ := frontDesk.reply(ask(t, about(service, dnsmessage.TypePTR)), usualPort)
	var m dnsmessage.Message
	if err := m.Unpack(packet); err != nil || m.ID != 0 || len(m.Questions) != 0 {
		t.Errorf("whoever speaks multicast DNS in full gets %v, %v", m, err)
	}
	late := slices.Repeat([]dnsmessage.Question{about("printer.local.", dnsmessage.TypeA)}, mostQuestions)
	for what, packet := range map[string][]byte{
		"another service":       ask(t, about("_ipp._tcp.local.", dnsmessage.TypePTR)),
		"another type":          ask(t, about(service, dnsmessage.TypeSRV)),
		"another office's name": ask(t, about("back-room."+service, dnsmessage.TypeSRV)),
		"an answer":             func() []byte { p, _ := frontDesk.reply(ask(t, about(service, dnsmessage.TypePTR)), 40000); return p }(),
		"too many questions":    ask(t, append(late, about(service, dnsmessage.TypePTR))...),
		"nothing":               nil,
	} {
		if reply, asked := frontDesk.reply(packet, 40000); asked {
			t.Errorf("%s is answered: %v", what, reply)
		}
	}
}

func FuzzRead(f *testing.F) {
	good := told{instance: "front-desk." + service, target: "pc.local.", host: "pc.local.", ip: [4]byte{192, 168, 1, 20}, port: 4443}
	f.Add(good.pack(f))
	f.Add([]byte("\x00\x00\x84\x00"))
	f.Fuzz(func(t *testing.T, packet []byte) {
		found := read(packet)
		if len(found) > mostRecords {
			t.Errorf("%d offices in a packet", len(found))
		}
		for _, o := range found {
			to, err := netip.ParseAddrPort(o.Address)
			if err != nil || !local(to.Addr()) || to.Port() == 0 {
				t.Errorf("%q is no address of a local network: %v", o.Address, err)
			}
			if len(o.Name) > longestText || strings.ContainsFunc(o.Name, func(r rune) bool { return r <= ' ' || r > '~' }) {
				t.Errorf("the name is %q", o.Name)
			}
		}
	})
}

func FuzzReply(f *testing.F) {
	f.Add(ask(f, about(service, dnsmessage.TypePTR)), uint16(40000))
	f.Add(ask(f, about("front-desk.local.", dnsmessage.TypeALL)), uint16(usualPort))
	f.Fuzz(func(t *testing.T, packet []byte, from uint16) {
		reply, asked := frontDesk.reply(packet, from)
		if !asked {
			return
		}
		if len(reply) > 512 || len(read(reply)) != 1 {
			t.Errorf("it answers %d bytes, in which there is %v", len(reply), read(reply))
		}
		if _, again := frontDesk.reply(reply, from); again {
			t.Error("two receivers would answer each other without end")
		}
	})
}
