package hub

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/nats-io/nats.go"

	"rentbell/core/office"
)

const maxAsk = 4 << 10 // bytes

// answerManagers answers desks that ask what they are, and managers that manage, until ctx
// ends.
func (e *engine) answerManagers(ctx context.Context, h *Hub) error {
	for subject, answer := range map[string]func(context.Context, office.Desk, []byte) office.Answer{
		office.AllOwn:    h.own,
		office.AllManage: h.manage,
	} {
		_, err := e.conn.Subscribe(subject, func(m *nats.Msg) {
			a := answer(ctx, h.asker(m.Subject), m.Data)
			text, err := json.Marshal(a)
			if err == nil {
				err = m.Respond(text)
			}
			if a.Left() {
				nudge(h.left)
			}
			if err != nil && ctx.Err() == nil {
				h.cfg.Log.Warn("a desk gets no answer", "err", err)
			}
		})
		if err != nil {
			return fmt.Errorf("wait for desks that ask: %w", err)
		}
	}
	return nil
}

// asker is the desk whose key ends a subject. A desk can publish on its own alone.
func (h *Hub) asker(subject string) office.Desk {
	key := subject[strings.LastIndexByte(subject, '.')+1:]
	desks := h.cfg.Roster.Desks()
	if i := slices.IndexFunc(desks, func(d office.Desk) bool { return d.Key == key && !d.Revoked }); i >= 0 {
		return desks[i]
	}
	return office.Desk{}
}

// own tells a desk what it is, or takes it off the list.
func (h *Hub) own(ctx context.Context, by office.Desk, text []byte) office.Answer {
	var ask office.Ask
	if len(text) > maxAsk || len(text) > 0 && json.Unmarshal(text, &ask) != nil {
		return office.Answer{Error: office.Refusal(nil)}
	}
	if ask.Do != office.AskLeave {
		return office.Answer{Receiver: h.cfg.Name, Desks: []office.Desk{by}, Facts: h.facts()}
	}
	if err := h.cfg.Roster.Leave(ctx, by.Key); err != nil {
		return office.Answer{Error: office.Refusal(err)}
	}
	h.cfg.Log.Info("a desk has left the office", "desk", by.Name)
	return office.Answer{Receiver: h.cfg.Name}
}

// manage does what a desk asks for. The role counts at this moment: the server's own
// permissions may be a moment older.
func (h *Hub) manage(ctx context.Context, by office.Desk, text []byte) office.Answer {
	var ask office.Ask
	if !by.Manages() {
		return office.Answer{Error: office.Refusal(office.ErrNoManager)}
	}
	if len(text) > maxAsk || json.Unmarshal(text, &ask) != nil {
		return office.Answer{Error: office.Refusal(nil)}
	}
	answer, err := h.do(ctx, by, ask)
	if err != nil {
		h.cfg.Log.Info("what a manager asked for is not done", "ask", ask.Do, "err", err)
		return office.Answer{Error: office.Refusal(err)}
	}
	return answer
}

// do does it, and tells how the office is afterwards.
func (h *Hub) do(ctx context.Context, by office.Desk, ask office.Ask) (answer office.Answer, err error) {
	own := ask.Name == by.Name
	switch {
	case ask.Do == office.AskDesks:
	case ask.Do == office.AskInvite:
		var code office.Code
		code, err = h.Invite(ctx)
		answer.Code = code.String()
	case ask.Do == office.AskStop:
		err = h.cfg.Roster.EndInvite(ctx)
	case own && (ask.Do == office.AskRevoke || ask.Do == office.AskRole):
		err = office.ErrOwnDesk
	case ask.Do == office.AskRevoke:
		err = h.Revoke(ctx, ask.Name)
	case ask.Do == office.AskRole:
		err = h.SetRole(ctx, ask.Name, ask.Manager)
	case ask.Do == office.AskKeep && h.cfg.KeepFor != nil:
		err = h.cfg.KeepFor(ctx, ask.Years)
	default:
		err = fmt.Errorf("nobody knows how to do %q", ask.Do)
	}
	if err != nil {
		return office.Answer{}, err
	}
	answer.At = h.cfg.Now().UTC()
	answer.Desks, err = h.Desks(ctx)
	answer.Receiver, answer.Newest, answer.Until = h.cfg.Name, h.State().Sent, h.cfg.Roster.Invited(h.cfg.Now())
	return answer, err
}
