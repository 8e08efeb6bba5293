import {
  BookOpen,
  ChartLine,
  Database,
  House,
  Images,
  List,
  MessageCircleQuestionMark,
  Network,
  Settings,
} from '@lucide/vue'
import type { Component } from 'vue'
import type { ViewId } from '../../shared/views'
import askView from '../views/ask/AskView.vue'
import homeView from '../views/home/HomeView.vue'
import dataView from '../views/data/DataView.vue'
import learnView from '../views/learn/LearnView.vue'
import modelView from '../views/model/ModelView.vue'
import runsView from '../views/runs/RunsView.vue'
import samplesView from '../views/samples/SamplesView.vue'
import settingsView from '../views/settings/SettingsView.vue'
import trainView from '../views/train/TrainView.vue'

/** What the window shows of each view. */
export const VIEW_PARTS: Readonly<Record<ViewId, { readonly icon: Component; readonly component: Component }>> = {
  home: { icon: House, component: homeView },
  data: { icon: Database, component: dataView },
  model: { icon: Network, component: modelView },
  train: { icon: ChartLine, component: trainView },
  samples: { icon: Images, component: samplesView },
  ask: { icon: MessageCircleQuestionMark, component: askView },
  runs: { icon: List, component: runsView },
  learn: { icon: BookOpen, component: learnView },
  settings: { icon: Settings, component: settingsView },
}
